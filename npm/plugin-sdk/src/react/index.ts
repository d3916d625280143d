export { PluginBoundary, type PluginBoundaryProps } from './boundary.js'
export { ContentProviders, type ContentProvidersProps } from './content-providers.js'
export { ExtensionPoint, type ExtensionPointProps } from './extension-point.js'
export type { Failure, Fallback } from './failure.js'
export {
  useExtensions,
  usePermission,
  usePlugin,
  usePluginMenu,
  usePluginRegistry,
  usePluginRoutes,
  usePlugins,
  useSettings,
} from './hooks.js'
export { PluginProvider, type PluginProviderProps } from './plugin-provider.js'
export { useService } from './use-service.js'
