import type { ExtensionNode, MenuNode, RouteNode } from '../composed.js'
import type { ConditionContext } from '../conditions.js'
import type { PluginInfo } from '../info.js'
import type { ExtensionPointId, PermissionName, PluginName, SettingsOf } from '../names.js'
import type { PluginRegistry } from '../registry.js'
import type { SettingValues } from '../settings.js'
import { useNameOf, useScope, useSnapshot } from './scope.js'

/** The registry of the `<PluginProvider>` above. */
export function usePluginRegistry(): PluginRegistry {
  return useScope().registry
}

/** All plugins with their states. */
export function usePlugins(): readonly PluginInfo[] {
  return useSnapshot((registry) => registry.list())
}

/** A plugin with its state, or `undefined` where it is not registered. Default: the plugin whose part this is. */
export function usePlugin(name?: PluginName): PluginInfo | undefined {
  const plugin = useNameOf(name, 'usePlugin')
  return useSnapshot((registry) => registry.get(plugin))
}

/** The menu of all plugins: groups and their items, sorted. */
export function usePluginMenu(context?: ConditionContext): readonly MenuNode[] {
  return useAsking(context, (registry, asked) => registry.getMenu(asked))
}

/** The routes of all plugins. */
export function usePluginRoutes(context?: ConditionContext): readonly RouteNode[] {
  return useAsking(context, (registry, asked) => registry.getRoutes(asked))
}

/** What fills an extension point, the lighter first. */
export function useExtensions(point: ExtensionPointId, context?: ConditionContext): readonly ExtensionNode[] {
  return useAsking(context, (registry, asked) => registry.getExtensions(point, asked))
}

/** The settings of a plugin, by name. Default: those of the plugin whose part this is. */
export function useSettings<const Name extends PluginName>(plugin: Name): SettingsOf<Name>
export function useSettings(): SettingValues
export function useSettings(plugin?: string): SettingValues {
  const name = useNameOf(plugin, 'useSettings')
  return useSnapshot((registry) => registry.settings.get(name))
}

type ResourceOf<Name> = Name extends `${infer Resource}:${string}` ? Resource : string
type ActionOf<Name, Resource extends string> = Name extends `${Resource}:${infer Action}`
  ? Action
  : string extends Name
    ? string
    : never

/** Whether the current user may do `action` on `resource`. */
export function usePermission<const Resource extends ResourceOf<PermissionName>>(
  resource: Resource,
  action: ActionOf<PermissionName, Resource>,
): boolean {
  return useSnapshot((registry) => registry.permissions.can(resource, action))
}

/** Asks the registry about a context: what is given, besides what the shell says. */
function useAsking<Value>(
  own: ConditionContext | undefined,
  ask: (registry: PluginRegistry, context: ConditionContext) => Value,
): Value {
  const { context } = useScope()
  return useSnapshot((registry) => ask(registry, together(context ?? registry.context, own)))
}

const merged = new WeakMap<ConditionContext, WeakMap<ConditionContext, ConditionContext>>()

/** Two contexts as one: the same object for the same two. */
function together(shells: ConditionContext, own: ConditionContext | undefined): ConditionContext {
  if (!own) return shells
  const known = merged.get(shells) ?? new WeakMap<ConditionContext, ConditionContext>()
  merged.set(shells, known)
  const both = known.get(own) ?? { ...shells, ...own }
  known.set(own, both)
  return both
}
