import plugins, { subscribe } from 'virtual:framework-m-plugins'
import {
  ContentProviders,
  ExtensionPoint,
  PluginProvider,
  PluginRegistry,
  type StorageDriver,
  toReactRouter,
} from '@framework-m/plugin-sdk'
import type { ReactNode } from 'react'
import { Outlet, type RouteObject } from 'react-router'
import type { User } from '../registry'
import { Sidebar } from '../Sidebar'

/** A registry with all plugins on its list. None of their code is loaded yet. */
export async function open(user: User, storage: StorageDriver): Promise<PluginRegistry> {
  const registry = new PluginRegistry({
    storage,
    context: { user },
    permissions: (resource, action) => user.grants.includes(`${resource}:${action}`),
  })
  await registry.registerAll(plugins)
  return registry
}

const source = { get: () => plugins, subscribe }

/** What server and browser render, with the router of each inside. */
export function Shell({ registry, children }: { registry: PluginRegistry; children: ReactNode }) {
  return (
    <PluginProvider registry={registry} plugins={source}>
      {children}
    </PluginProvider>
  )
}

export function routes(registry: PluginRegistry): RouteObject[] {
  const own: RouteObject[] = [
    { index: true, element: <h1>Welcome</h1> },
    { path: '*', element: <h1>Not found</h1> },
  ]
  return [{ element: <Frame />, children: [...own, ...toReactRouter(registry.getRoutes())] }]
}

function Frame() {
  return (
    <>
      <header>
        My Company <ExtensionPoint id="header.right" />
      </header>
      <Sidebar />
      <main>
        <ContentProviders>
          <Outlet />
        </ContentProviders>
      </main>
    </>
  )
}
