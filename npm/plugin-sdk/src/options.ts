import type { ConditionContext } from './conditions.js'
import type { PluginLogger } from './context.js'
import type { Deadlines } from './instance.js'
import type { PermissionPolicy } from './permissions.js'
import type { PluginError } from './plugin-error.js'
import type { StorageDriver } from './storage.js'

/** What a shell may tell its registry. */
export interface PluginRegistryOptions {
  /** The shell itself, for whoever shows it. */
  app?: { readonly name?: string; readonly version?: string }
  /** What the conditions of menu items, routes and extensions are asked about, until `setContext`. Default: nothing. */
  context?: ConditionContext
  /** How long the steps of a plugin's life may take, in milliseconds. */
  deadlines?: Partial<Deadlines>
  /** Where the values and settings of plugins are kept. Default: in `localStorage`; in memory where a page has none. */
  storage?: StorageDriver
  /** How many characters the keys and JSON texts of one plugin may have together. Default 1,000,000. */
  quota?: number
  /** What the current user may do, of all that the plugins declare. Default: all of it. */
  permissions?: PermissionPolicy
  /** Where the lines of plugins go. Default: the console. */
  logger?: PluginLogger
  /** Called with every failure of a plugin. Default: it is logged as an error. */
  onError?: (error: PluginError) => void
}
