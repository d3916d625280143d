import { createContext, useContext, useSyncExternalStore } from 'react'
import type { ConditionContext } from '../conditions.js'
import type { PluginRegistry } from '../registry.js'
import type { Fallback } from './failure.js'

/** What a `<PluginProvider>` gives to everything below it. */
export interface Scope {
  readonly registry: PluginRegistry
  readonly subscribe: (listener: () => void) => () => void
  /** What conditions are asked about, unless it is the registry's own context. */
  readonly context: ConditionContext | undefined
  readonly fallback: Fallback
}

export const ScopeContext = createContext<Scope | undefined>(undefined)

/** A part of a plugin that is being rendered. */
export interface Part {
  readonly plugin: string | undefined
  /** Another object whenever the part is tried anew: what has failed in one attempt is asked for again in the next. */
  readonly attempt: object
}

/** The part that is being rendered; the shell's own parts are one. */
export const PartContext = createContext<Part>({ plugin: undefined, attempt: {} })

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
  const part = useContext(PartContext)
  const name = plugin ?? part.plugin
  if (name !== undefined) return name
  throw new Error(`${hook}() needs the name of a plugin where no plugin is rendered: ${hook}('wms').`)
}
