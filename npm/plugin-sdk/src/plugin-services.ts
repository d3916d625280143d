import type { Instance } from './instance.js'
import type { ServiceFactory } from './service.js'
import type { ServiceContainer } from './service-container.js'

/**
 * Provides the services of plugins, exactly while the plugins are shown or start.
 *
 * @param isReplaced Whether another plugin overrides a service.
 * @param use Starts a plugin, and waits until it is active.
 */
export function offerServices(
  container: ServiceContainer,
  instances: ReadonlyMap<string, Instance>,
  isReplaced: (service: object) => boolean,
  use: (plugin: string) => Promise<void>,
): void {
  const offers = new Map<string, Instance>()
  for (const instance of instances.values())
    if (instance.offered || instance.state === 'initializing')
      for (const [name, service] of Object.entries(instance.plugin.services ?? {}))
        if (!offers.has(name) && !isReplaced(service)) offers.set(name, instance)
  for (const name of container.names()) {
    const owner = instances.get(container.ownerOf(name) as string)
    if (owner && offers.get(name) !== owner) container.withdraw(owner.name, name)
  }
  for (const [name, instance] of offers) {
    if (container.ownerOf(name)) continue
    const now = () => instance.factories?.get(name)
    const load = async () => {
      if (!now()) await use(instance.name)
      return now() as ServiceFactory
    }
    container.provideLazily(name, { now, load }, instance.name)
  }
}
