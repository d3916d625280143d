import type { PluginServices } from './context.js'
import { type ServiceContainer, ServiceError, THE_SHELL } from './service-container.js'

/** The services that a plugin may use: its own, the shell's, and those of what it depends on. */
export function servicesInReach(
  container: ServiceContainer,
  plugin: string,
  dependencies: Readonly<Record<string, string>>,
): PluginServices {
  const reached = new Set([plugin, THE_SHELL, ...Object.keys(dependencies)])
  const reach = (name: string) => {
    const owner = container.ownerOf(name)
    if (owner === undefined || reached.has(owner)) return container
    throw new ServiceError(
      `The service "${name}" is of ${owner}, which ${plugin} has to name in its dependencies to use it.`,
    )
  }
  return {
    get: (name) => reach(name).get(name),
    load: async (name) => reach(name).load(name),
  }
}
