import type { LazyComponent } from './component.js'
import type { Permission } from './permission.js'
import type { FrameworkMPlugin } from './plugin.js'
import type { Setting } from './setting.js'
import type { ParsedCondition } from './when.js'

/** A text, or the key of one that the shell translates when it renders. */
export type Text = string | { readonly $message: string }

/** Code of a plugin, loaded when it is called. */
export type Lazy<Value = unknown> = () => Promise<Value>

/** An expression, a truth value, or in a composed plugin a function that loads a function. */
export type ComposedCondition = string | boolean | Lazy

/** A group of the menu. */
export interface ModuleNode {
  readonly name: string
  readonly label?: Text
  readonly icon?: unknown
  readonly order?: number
  readonly before?: string
  readonly after?: string
  readonly plugin: string
}

/** An item of the menu, or a group of items: a group has no plugin. */
export interface MenuNode {
  readonly name: string
  readonly label: Text
  readonly icon?: unknown
  readonly route?: string
  readonly module?: string
  readonly parent?: string
  readonly order?: number
  readonly before?: string
  readonly after?: string
  readonly when?: ComposedCondition
  readonly plugin?: string
  readonly children?: readonly MenuNode[]
}

/** A page, or a group of pages. */
export interface RouteNode {
  readonly path?: string
  readonly index?: boolean
  readonly label?: Text
  readonly component?: LazyComponent
  readonly when?: ComposedCondition
  readonly plugin: string
  readonly children?: readonly RouteNode[]
}

/** What fills an extension point. */
export interface ExtensionNode {
  readonly id: string
  readonly point: string
  readonly component: LazyComponent
  readonly weight: number
  readonly when?: ComposedCondition
  readonly plugin: string
}

/** A place that extensions fill. */
export interface ExtensionPointNode {
  readonly id: string
  readonly description?: Text
  readonly plugin: string
}

/** What is wrapped around the shell's content. */
export interface ProviderNode {
  readonly component: LazyComponent
  readonly order?: number
  readonly plugin: string
}

/** What a plugin's own module exports. */
export interface PluginCode {
  readonly default: FrameworkMPlugin
  readonly code?: Readonly<Record<string, () => unknown>>
}

/** A plugin as `virtual:framework-m-plugins` gives it: data, and functions that load its code. */
export interface ComposedPlugin {
  /** The composer has made it, and checked it against all others that it has made: names, versions, circles. */
  readonly composed?: true
  readonly name: string
  readonly package?: string
  readonly version?: string
  readonly label?: Text
  readonly description?: Text
  readonly icon?: unknown
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly activation?: 'startup'
  /** What a plugin that is written by hand replaces; the composer has done so already. */
  readonly overrides?: readonly string[]
  /** The expressions among its conditions as the composer has parsed them. Others are parsed when they are asked for. */
  readonly conditions?: Readonly<Record<string, ParsedCondition>>
  readonly load: Lazy<PluginCode>
  readonly modules?: readonly ModuleNode[]
  readonly menu?: readonly MenuNode[]
  readonly routes?: readonly RouteNode[]
  readonly extensionPoints?: readonly ExtensionPointNode[]
  readonly extensions?: readonly ExtensionNode[]
  readonly services?: Readonly<Record<string, Lazy>>
  readonly providers?: readonly ProviderNode[]
  readonly permissions?: readonly (Omit<Permission, 'label' | 'description'> & {
    readonly label?: Text
    readonly description?: Text
  })[]
  readonly settings?: Readonly<Record<string, Setting | Readonly<Record<string, unknown>>>>
}

/** A plugin that is written by hand: a configuration, which here has to have its `name`. */
export interface WrittenPlugin extends FrameworkMPlugin {
  /** The version, where others depend on one. There is no package to take it from. */
  version?: string
}

/** What the registry takes. */
export type Plugin = ComposedPlugin | WrittenPlugin
