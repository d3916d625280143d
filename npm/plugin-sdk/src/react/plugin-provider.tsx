import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Plugin } from '../composed.js'
import type { ConditionContext } from '../conditions.js'
import { follow, type PluginSource } from '../follow.js'
import type { PluginRegistry } from '../registry.js'
import { shared } from '../shared.js'
import type { Fallback } from './failure.js'
import { type Scope, ScopeContext } from './scope.js'

/** On a server no effect runs, and React 18 warns of those that are to run before anything is painted. */
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect

export interface PluginProviderProps {
  readonly registry: PluginRegistry
  /**
   * Plugins to register: a list, or one that changes. The children are rendered as soon as they are registered, which loads
   * no code: at once where they are already, as they have to be on a server. Default: those that the registry has already.
   */
  readonly plugins?: readonly Plugin[] | PluginSource
  /** What conditions (`when`) are asked about: `{ user }`. Default: the registry's own context. */
  readonly context?: ConditionContext
  /** What stands in the place of a part that has failed, where nothing nearer says. Default: a line that names it. */
  readonly fallback?: Fallback
  readonly children?: ReactNode
}

/** Gives a registry to everything below it. */
export function PluginProvider({ registry, plugins, context, fallback, children }: PluginProviderProps) {
  const registered = useRegistered(registry, plugins)
  const subscribe = useCallback((listener: () => void) => registry.subscribe(listener), [registry])
  const known = useKnown(context)
  const scope = useMemo<Scope>(
    () => ({ registry, subscribe, context: known, fallback }),
    [registry, subscribe, known, fallback],
  )
  return <ScopeContext.Provider value={scope}>{registered && children}</ScopeContext.Provider>
}

/** A context as it was before, where a shell has made an equal one anew. */
function useKnown(context: ConditionContext | undefined): ConditionContext | undefined {
  const last = useRef(context)
  const known = shared(last.current, context)
  useBeforePaint(() => {
    last.current = known
  }, [known])
  return known
}

/**
 * Keeps the registry in step with a list. It is done before anything is painted, so that an address of a plugin is never
 * answered by "not found" first; and mounting twice, as StrictMode does, registers once.
 */
function useRegistered(registry: PluginRegistry, plugins: PluginProviderProps['plugins']): boolean {
  const [registered, setRegistered] = useState(() => areIn(registry, plugins))
  const latest = useRef(plugins)
  const update = useRef<() => void>(undefined)
  useBeforePaint(() => {
    latest.current = plugins
    update.current?.()
  }, [plugins])
  const isGiven = plugins !== undefined
  useBeforePaint(() => {
    if (!isGiven) return
    const { stop } = follow(registry, {
      get: () => listOf(latest.current),
      subscribe(listener) {
        update.current = listener
        const source = latest.current
        return source && 'subscribe' in source ? source.subscribe(listener) : () => {}
      },
    })
    if (areIn(registry, latest.current)) setRegistered(true)
    else void registry.listed().then(() => setRegistered(true))
    return () => {
      update.current = undefined
      stop()
    }
  }, [registry, isGiven])
  return registered
}

/** Whether all plugins of a list are registered: at once where a shell has done it, to render on a server or to hydrate. */
function areIn(registry: PluginRegistry, plugins: PluginProviderProps['plugins']): boolean {
  return listOf(plugins).every(({ name = '' }) => registry.get(name))
}

function listOf(plugins: PluginProviderProps['plugins']): readonly Plugin[] {
  return plugins === undefined ? [] : 'get' in plugins ? plugins.get() : plugins
}
