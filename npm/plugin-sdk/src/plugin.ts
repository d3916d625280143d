import type { PluginContext } from './context.js'
import type { Extension, ExtensionPoints, PropsOfPoints } from './extension.js'
import type { Icon } from './icon.js'
import type { MenuItem, ModuleDescription } from './menu.js'
import type { Permission } from './permission.js'
import type { Provider } from './provider.js'
import type { PluginRoute } from './route.js'
import type { ServiceFactories } from './service.js'
import type { Setting } from './setting.js'

/** When a plugin's code is loaded: with the shell, or when something of the plugin is first used. */
export type Activation = 'startup' | 'use'

/** A step in a plugin's life. A promise is waited for, until a deadline that the shell sets. */
// biome-ignore lint/suspicious/noExplicitAny: the compiler then asks for no result, whose type may lead back to the plugin
export type LifecycleHook = (context: PluginContext) => any

/**
 * What a plugin package contributes to its shell: the default export of its `plugin.config.ts`.
 *
 * The composer reads the file without running it, so whatever is data has to be written as data: literals,
 * constants, spreads, enums. Functions, classes and imported components are referenced, and loaded on first use.
 * The version of a plugin is that of its package.
 */
export interface FrameworkMPlugin<
  Services extends ServiceFactories = ServiceFactories,
  Props extends PropsOfPoints = PropsOfPoints,
> {
  /** The name of the plugin, unique in the shell. Default: the package name without its scope. */
  name?: string
  /** What the user reads. Default: the name. */
  label?: string
  /** A sentence about the plugin. Default: none. */
  description?: string
  /** The icon beside the label. Default: the shell's own choice. */
  icon?: Icon
  /** The plugins that this one cannot do without: their names, with npm version ranges. Default: none. */
  dependencies?: Readonly<Record<string, string>>
  /** The plugins that this one uses where they are present: names, with npm version ranges. Default: none. */
  optionalDependencies?: Readonly<Record<string, string>>
  /** Descriptions of menu groups that this plugin knows best. Default: none. */
  modules?: readonly ModuleDescription[]
  /** Entries of the menu. Default: none. */
  menu?: readonly MenuItem[]
  /** Pages. Default: none. */
  routes?: readonly PluginRoute[]
  /** Places in this plugin's pages that other plugins may fill. Default: none. */
  extensionPoints?: ExtensionPoints<Props>
  /** Components for extension points. Default: none. */
  extensions?: readonly Extension[]
  /** Services for this plugin and for those that depend on it, each by its name. Default: none. */
  services?: Services
  /** Components around the shell's content. Default: none. */
  providers?: readonly Provider[]
  /** What may be allowed or denied in this plugin. Default: none. */
  permissions?: readonly Permission[]
  /** Values that the people who run the shell may change, each by its name. Default: none. */
  settings?: Readonly<Record<string, Setting>>
  /**
   * Contributions of other plugins that this one replaces on purpose, as the plugin's name, `#`, and the
   * contribution's name or path: `wms#/wms/stock`. Default: none; two of the same name are a conflict.
   */
  overrides?: readonly string[]
  /** When the plugin's code is loaded. Default `'use'`. */
  activation?: Activation
  /**
   * Called once, after the plugins that this one depends on. A deadline of 10 s applies by default. What it takes from
   * its context ends when the plugin is switched off: what is needed whenever it is on belongs in `activate`.
   */
  initialize?: LifecycleHook
  /** Called whenever the plugin is switched on. A deadline of 10 s applies by default. */
  activate?: LifecycleHook
  /** Called whenever the plugin is switched off. A deadline of 15 s applies by default. */
  deactivate?: LifecycleHook
  /** Called when the plugin is removed for good, to clear what it stored. */
  uninstall?: LifecycleHook
  /** @deprecated The older name of {@link FrameworkMPlugin.deactivate}. */
  destroy?: LifecycleHook
}
