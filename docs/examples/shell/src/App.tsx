import plugins, { subscribe } from 'virtual:framework-m-plugins'
import { ContentProviders, ExtensionPoint, PluginProvider, PluginRoutes } from '@framework-m/plugin-sdk'
import { BrowserRouter, type RouteObject } from 'react-router'
import { Failed } from './Failed'
import { PluginManager } from './PluginManager'
import { registry } from './registry'
import { SettingsPage } from './SettingsPage'
import { Sidebar } from './Sidebar'

const source = { get: () => plugins, subscribe }

const own: RouteObject[] = [
  { index: true, element: <h1>Welcome</h1> },
  { path: '/settings', element: <SettingsPage /> },
  { path: '/plugins', element: <PluginManager /> },
  { path: '*', element: <h1>Not found</h1> },
]

export function App() {
  return (
    <PluginProvider registry={registry} plugins={source} fallback={(failure) => <Failed {...failure} />}>
      <BrowserRouter>
        <header>
          My Company <ExtensionPoint id="header.right" />
        </header>
        <Sidebar />
        <main>
          <ContentProviders loading={<p>Loading…</p>}>
            <PluginRoutes routes={own} loading={<p>Loading…</p>} />
          </ContentProviders>
        </main>
      </BrowserRouter>
    </PluginProvider>
  )
}
