import { type ReactNode, useMemo } from 'react'
import { type RouteObject, useRoutes } from 'react-router'
import type { RouteNode } from '../composed.js'
import type { PluginInfo } from '../info.js'
import { usePlugin, usePluginRoutes } from '../react/hooks.js'
import { useSnapshot } from '../react/scope.js'
import { type PageOptions, toReactRouter } from './to-react-router.js'

export interface PluginRoutesProps extends PageOptions {
  /** The shell's own routes: its home, and `{ path: '*' }` where there is no page. Default: none. */
  readonly routes?: readonly RouteObject[]
  /** What stands in the place of a page whose plugin is blocked, disabled or has failed. Default: there is no page. */
  readonly unavailable?: (plugin: PluginInfo) => ReactNode
}

const NONE: readonly RouteObject[] = []

/** The page at the current address, of a plugin or of the shell. Plugins may come and go meanwhile. */
export function PluginRoutes({
  routes = NONE,
  unavailable,
  fallback,
  loading,
}: PluginRoutesProps): ReactNode {
  const offered = usePluginRoutes()
  const others = useSnapshot((registry) => registry.getUnavailableRoutes())
  return useRoutes(
    useMemo(() => {
      const pages = toReactRouter(offered, { fallback, loading })
      return [...routes, ...pages, ...(unavailable ? inTheirPlace(others, unavailable) : [])]
    }, [routes, offered, others, unavailable, fallback, loading]),
  )
}

type Unavailable = NonNullable<PluginRoutesProps['unavailable']>

/** The addresses of routes, each with what says that its page is not there. */
function inTheirPlace(routes: readonly RouteNode[], unavailable: Unavailable): RouteObject[] {
  const addresses = toReactRouter(routes.map(withoutPage))
  return addresses.map((address, at) => {
    const plugin = routes[at]?.plugin as string
    return { ...address, element: <InItsPlace plugin={plugin} unavailable={unavailable} /> }
  })
}

function withoutPage({ component: _, children, ...route }: RouteNode): RouteNode {
  return { ...route, ...(children && { children: children.map(withoutPage) }) }
}

function InItsPlace({ plugin, unavailable }: { plugin: string; unavailable: Unavailable }) {
  const info = usePlugin(plugin)
  return info && unavailable(info)
}
