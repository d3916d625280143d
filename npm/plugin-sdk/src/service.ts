import type { PluginServices } from './context.js'

/**
 * Makes a service, out of others where it needs them. It is called once, when the service is first asked for; one that
 * is marked by `transient` is called whenever it is asked for. A promise is waited for.
 */
export type ServiceFactory = (services: PluginServices) => unknown

/** Services by name, unique in the shell and by custom prefixed with the plugin: `wms.stock`. */
export type ServiceFactories = Readonly<Record<string, ServiceFactory>>
