/** Makes a service. It is called once, when the service is first asked for. */
export type ServiceFactory = () => unknown

/** Services by name, unique in the shell and by custom prefixed with the plugin: `wms.stock`. */
export type ServiceFactories = Readonly<Record<string, ServiceFactory>>
