import type { ReactNode } from 'react'
import type { RouteNode } from '../composed.js'
import { failed } from '../react/failure.js'
import { usePlugin, usePluginRegistry } from '../react/hooks.js'
import { useScope } from '../react/scope.js'
import type { RouteObject } from './route-object.js'
import { type PageOptions, toReactRouter } from './to-react-router.js'

/** The addresses of pages whose plugin is not there now, each with what says why. */
export function unavailableRoutes(routes: readonly RouteNode[], options: PageOptions): RouteObject[] {
  return toReactRouter(routes.map(withoutPage)).map((address, at) => {
    const { plugin, path = 'index' } = routes[at] as RouteNode
    return { ...address, element: <Unavailable part={path} {...{ plugin, ...options }} /> }
  })
}

function withoutPage({ component: _, children, ...route }: RouteNode): RouteNode {
  return { ...route, ...(children && { children: children.map(withoutPage) }) }
}

type UnavailableProps = PageOptions & { readonly plugin: string; readonly part: string }

function Unavailable({ plugin, part, loading, fallback }: UnavailableProps): ReactNode {
  const registry = usePluginRegistry()
  const scope = useScope()
  const { state, reason, error } = usePlugin(plugin) ?? {}
  if (state === 'registered' || state === 'initializing') return loading
  const why = error ?? new Error(`${plugin} is ${state}${reason === undefined ? '' : `: ${reason}`}`)
  const retry = () => void registry.enable(plugin)
  return failed(fallback === undefined ? scope.fallback : fallback, { error: why, plugin, part, retry })
}
