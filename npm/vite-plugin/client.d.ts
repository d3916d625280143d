/**
 * The virtual modules as types: `/// <reference types="@framework-m/vite-plugin/client" />`.
 * The generated `framework-m.d.ts` fills `FrameworkM.Composition`, and every name here narrows to those there are.
 */

declare namespace FrameworkM {
  /** What is composed, by kind of name. Empty until `framework-m.d.ts` is part of the program. */
  // biome-ignore lint/suspicious/noEmptyInterface: it is filled by declaration merging
  interface Composition {}

  /** The names of a kind, or any string while they are not known. */
  type NameOf<Kind extends string> = Kind extends keyof Composition ? Composition[Kind] : string

  /** A text, or the key of one that the shell translates when it renders. */
  type Text = string | { readonly $message: string }

  /** Code of a plugin, loaded when it is first called. */
  type Lazy<Value = unknown> = () => Promise<Value>

  /** A module whose default export is a component of the shell's UI library. */
  // biome-ignore lint/suspicious/noExplicitAny: which library that is, is the shell's own affair
  type LazyComponent = Lazy<{ default: any }>

  /** A condition as an expression, or a function in the plugin's code. */
  type Condition = string | boolean | Lazy

  interface Module {
    readonly name: string
    readonly label?: Text
    readonly icon?: Text
    readonly order?: number
    readonly before?: string
    readonly after?: string
    readonly plugin: NameOf<'plugin'>
  }

  /** An item of the menu, or a group of items: a group has no plugin. */
  interface MenuNode {
    readonly name: string
    readonly label: Text
    readonly icon?: Text
    readonly route?: string
    readonly module?: string
    readonly parent?: string
    readonly order?: number
    readonly before?: string
    readonly after?: string
    readonly when?: Condition
    readonly plugin?: NameOf<'plugin'>
    readonly children?: readonly MenuNode[]
  }

  interface Route {
    readonly path?: string
    readonly index?: true
    readonly label?: Text
    readonly component?: LazyComponent
    readonly when?: Condition
    readonly plugin: NameOf<'plugin'>
    readonly children?: readonly Route[]
  }

  interface ExtensionPoint {
    readonly id: NameOf<'extensionPoint'>
    readonly description?: Text
    readonly plugin: NameOf<'plugin'>
  }

  interface Extension {
    readonly id: NameOf<'extension'>
    readonly point: string
    readonly component: LazyComponent
    /** The lighter comes first. */
    readonly weight: number
    readonly when?: Condition
    readonly plugin: NameOf<'plugin'>
  }

  interface Provider {
    readonly component: LazyComponent
    readonly order?: number
    readonly plugin: NameOf<'plugin'>
  }

  interface Permission {
    readonly resource: string
    readonly actions: readonly string[]
    readonly label?: Text
    readonly description?: Text
    readonly plugin: NameOf<'plugin'>
  }

  /** A setting as its plugin declares it: `type`, `default`, `label` and whatever else. */
  type Setting = Readonly<Record<string, unknown>>

  /** What a plugin's virtual module exports. */
  interface PluginCode {
    /** The plugin's configuration, as its author wrote it. */
    // biome-ignore lint/suspicious/noExplicitAny: its shape is the author's
    default: any
    /** The configuration's code by its path: `code["routes[0].component"]()`. */
    code: Readonly<Record<string, () => unknown>>
  }

  /** A plugin as `PluginRegistry.register` takes it: data, and functions that load its code. */
  interface Plugin {
    readonly composed: true
    readonly name: NameOf<'plugin'>
    readonly package: string
    readonly version?: string
    readonly label?: Text
    readonly description?: Text
    readonly icon?: Text
    readonly dependencies?: Readonly<Record<string, string>>
    readonly optionalDependencies?: Readonly<Record<string, string>>
    readonly activation?: 'startup'
    /** The expressions among its conditions, each with its tree. */
    // biome-ignore lint/suspicious/noExplicitAny: the registry knows what a tree is
    readonly conditions?: Readonly<Record<string, any>>
    readonly load: Lazy<PluginCode>
    readonly modules?: readonly Module[]
    readonly menu?: readonly MenuNode[]
    readonly routes?: readonly Route[]
    readonly extensionPoints?: readonly ExtensionPoint[]
    readonly extensions?: readonly Extension[]
    readonly services?: Readonly<Record<string, Lazy>>
    readonly providers?: readonly Provider[]
    readonly permissions?: readonly Permission[]
    readonly settings?: Readonly<Record<string, Setting>>
  }
}

declare module 'virtual:framework-m-plugins' {
  /** The plugins of this shell, each after those it depends on. */
  const plugins: readonly FrameworkM.Plugin[]
  export default plugins
  /** Groups and their items, sorted and merged across plugins. */
  export const menu: readonly FrameworkM.MenuNode[]
  export const modules: readonly FrameworkM.Module[]
  export const routes: readonly FrameworkM.Route[]
  export const extensionPoints: readonly FrameworkM.ExtensionPoint[]
  /** By extension point, in the order in which they are shown. */
  export const extensions: Readonly<Record<string, readonly FrameworkM.Extension[]>>
  export const providers: readonly FrameworkM.Provider[]
  export const permissions: readonly FrameworkM.Permission[]
  export const settings: Readonly<Record<string, FrameworkM.Setting>>
  /**
   * Calls `listener` whenever the composition has changed, until the function that it returns is called. The other
   * exports are live bindings and have their new values by then; what is equal to before is still the same object:
   * `useSyncExternalStore(subscribe, () => menu)`. In a dev server that is after an edit, and a shell that does not listen
   * is reloaded instead; in a build the composition never changes.
   */
  export function subscribe(listener: () => void): () => void
}

declare module 'virtual:framework-m-plugins/*' {
  const config: FrameworkM.PluginCode['default']
  export default config
  export const code: FrameworkM.PluginCode['code']
}

/** The same modules for tools that take `virtual:` for a URL scheme. */
declare module '~framework-m/plugins' {
  export * from 'virtual:framework-m-plugins'
  export { default } from 'virtual:framework-m-plugins'
}

declare module '~framework-m/plugins/*' {
  const config: FrameworkM.PluginCode['default']
  export default config
  export const code: FrameworkM.PluginCode['code']
}
