import { type ReactNode, useMemo } from 'react'
import { useLocation } from 'react-router'
import type { LazyComponent } from '../component.js'
import type { RouteNode, Text } from '../composed.js'
import { PluginBoundary } from '../react/boundary.js'
import type { Fallback } from '../react/failure.js'
import { useLazyComponent } from '../react/lazy-component.js'
import type { RouteObject } from './route-object.js'

export interface PageOptions {
  /** What stands in the place of a page that has failed. Default: what the `<PluginProvider>` says. */
  readonly fallback?: Fallback
  /** What stands in the place of a page that is being loaded. Default: nothing. */
  readonly loading?: ReactNode
}

/** What `useMatches()` has of a plugin's route. */
export interface PluginHandle {
  readonly plugin: string
  readonly label?: Text
}

/**
 * Routes of plugins as React Router 7 takes them, in a data router (`createBrowserRouter`) and in `useRoutes`. A page is
 * loaded when it is first shown, and one that fails is replaced alone; it is tried again at the next visit.
 */
export function toReactRouter(routes: readonly RouteNode[], options: PageOptions = {}): RouteObject[] {
  return routes.map(({ path, index, label, plugin, component, children }) => {
    const handle: PluginHandle = { plugin, ...(label !== undefined && { label }) }
    const page = component && (
      <Page key={path ?? 'index'} part={path ?? 'index'} load={component} {...{ plugin, ...options }} />
    )
    const own = { handle, ...(page && { element: page }) }
    if (index) return { ...own, index }
    return {
      ...own,
      ...(path !== undefined && { path }),
      ...(children && { children: toReactRouter(children, options) }),
    }
  })
}

type PageProps = PageOptions & {
  readonly plugin: string
  readonly part: string
  readonly load: LazyComponent
}

function Page({ load, ...props }: PageProps) {
  const { key } = useLocation()
  const attempt = useMemo(() => visit(key, load), [key, load])
  return (
    <PluginBoundary attempt={attempt} {...props}>
      <Content load={load} />
    </PluginBoundary>
  )
}

const visits = new WeakMap<LazyComponent, { readonly key: string }>()

/**
 * A visit to a page: another visit and other code are tried anew. It is the same object for the same visit also while React
 * shows nothing of the page, and keeps nothing of what it has rendered.
 */
function visit(key: string, load: LazyComponent): object {
  const last = visits.get(load)
  if (last?.key === key) return last
  const next = { key }
  visits.set(load, next)
  return next
}

function Content({ load }: { load: LazyComponent }) {
  const Component = useLazyComponent(load)
  return <Component />
}
