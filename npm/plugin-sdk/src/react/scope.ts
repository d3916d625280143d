import { createContext, useContext, useSyncExternalStore } from 'react'
import type { ConditionContext } from '../conditions.js'
import type { PluginRegistry } from '../registry.js'
import type { Fallback } from './boundary.js'

/** What a `<PluginProvider>` gives to everything below it. */
export interface Scope {
  readonly registry: PluginRegistry
  readonly subscribe: (listener: () => void) => () => void
  /** What conditions are asked about, unless it is the registry's own context. */
  readonly context: ConditionContext | undefined
  readonly fallback: Fallback
  /** Services that could not be made, until somebody tries again. */
  readonly failures: Map<object, unknown>
}

export const ScopeContext = createContext<Scope | undefined>(undefined)

/** The plugin whose part is being rendered; none in the shell's own parts. */
export const OwnerContext = createContext<string | undefined>(undefined)

export function useScope(): Scope {
  const scope = useContext(ScopeContext)
  if (scope) return scope
  throw new Error('Plugins are used outside of a <PluginProvider registry={registry}>.')
}

/** What a function reads of the registry. It has to return the same object until something in it has changed. */
export function useSnapshot<Value>(read: (registry: PluginRegistry) => Value): Value {
  const { registry, subscribe } = useScope()
  const snapshot = () => read(registry)
  return useSyncExternalStore(subscribe, snapshot, snapshot)
}

/** A plugin by its name, or the one whose part is being rendered. */
export function useNameOf(plugin: string | undefined, hook: string): string {
  const owner = useContext(OwnerContext)
  const name = plugin ?? owner
  if (name !== undefined) return name
  throw new Error(`${hook}() needs the name of a plugin where no plugin is rendered: ${hook}('wms').`)
}
