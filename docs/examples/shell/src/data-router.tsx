import plugins from 'virtual:framework-m-plugins'
import { PluginRoutes, toReactRouter } from '@framework-m/plugin-sdk'
import { createBrowserRouter } from 'react-router'
import { registry } from './registry'

/** Every address is the shell's, and which page it has is decided when it renders. */
export const live = createBrowserRouter([{ path: '*', element: <PluginRoutes loading="Loading…" /> }])

/** The routes of the plugins that there are when the shell starts, among those of the shell. */
export async function fixed() {
  await registry.registerAll(plugins)
  return createBrowserRouter([
    { path: '/', element: <h1>Welcome</h1> },
    ...toReactRouter(registry.getRoutes(), { loading: 'Loading…' }),
  ])
}
