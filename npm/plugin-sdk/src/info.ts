import type { Text } from './composed.js'
import type { Instance } from './instance.js'
import type { PluginName } from './names.js'
import type { PluginError } from './plugin-error.js'
import type { PluginState } from './state.js'

/** Where a plugin is in its life. */
export interface PluginStatus {
  readonly state: PluginState
  /** Why it is blocked. */
  readonly reason?: string | undefined
  /** What failed last, with its cause. */
  readonly error?: PluginError | undefined
}

/** A plugin, as a list of plugins shows it. */
export interface PluginInfo extends PluginStatus {
  readonly name: PluginName
  readonly label: Text
  readonly package?: string | undefined
  readonly version?: string | undefined
  readonly description?: Text | undefined
  readonly icon?: unknown
  readonly dependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
}

export function infoOf({ plugin, state, reason, error }: Instance): PluginInfo {
  const { name, label = name, version, description, icon } = plugin
  const { package: from, dependencies = {}, optionalDependencies = {} } = plugin
  const told = { name, label, package: from, version, description, icon }
  return { ...told, dependencies, optionalDependencies, state, reason, error }
}
