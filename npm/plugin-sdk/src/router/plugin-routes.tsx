import { type ReactNode, useMemo } from 'react'
import { useRoutes } from 'react-router'
import { usePluginRoutes } from '../react/hooks.js'
import { useSnapshot } from '../react/scope.js'
import type { RouteObject } from './route-object.js'
import { type PageOptions, toReactRouter } from './to-react-router.js'
import { unavailableRoutes } from './unavailable-routes.js'

export interface PluginRoutesProps extends PageOptions {
  /** The shell's own routes: its home, and `{ path: '*' }` where there is no page. Default: none. */
  readonly routes?: readonly RouteObject[]
}

const NONE: readonly RouteObject[] = []

/**
 * The page at the current address, of a plugin or of the shell. Plugins may come and go meanwhile: where one is being
 * started its page is loading, and where one is blocked, disabled or has failed its page shows the fallback.
 */
export function PluginRoutes({ routes = NONE, fallback, loading }: PluginRoutesProps): ReactNode {
  const offered = usePluginRoutes()
  const others = useSnapshot((registry) => registry.getUnavailableRoutes())
  return useRoutes(
    useMemo(() => {
      const options = { fallback, loading }
      return [...routes, ...toReactRouter(offered, options), ...unavailableRoutes(others, options)]
    }, [routes, offered, others, fallback, loading]),
  )
}
