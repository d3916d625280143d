export { PluginRoutes, type PluginRoutesProps } from './plugin-routes.js'
export { type PageOptions, type PluginHandle, toReactRouter } from './to-react-router.js'
