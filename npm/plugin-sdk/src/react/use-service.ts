import { useContext, useMemo } from 'react'
import type { PluginServices } from '../context.js'
import type { Service, ServiceName } from '../names.js'
import { ServiceError } from '../service-container.js'
import { OwnerContext, useScope, useSnapshot } from './scope.js'

/**
 * A service. Until its plugin is loaded and the service is made, the component is suspended. In a plugin's part the plugin
 * has to depend on the service's owner.
 *
 * @throws {ServiceError} where nobody provides it, unless it is `optional`; what its plugin or its factory throws is thrown
 * on.
 */
export function useService<const Name extends ServiceName>(name: Name): Service<Name>
export function useService<const Name extends ServiceName>(
  name: Name,
  options: { readonly optional: true },
): Service<Name> | undefined
export function useService(name: string, { optional = false } = {}): unknown {
  const { registry, failures } = useScope()
  const owner = useContext(OwnerContext)
  const identity = useSnapshot(({ services }) => services.identity(name))
  // biome-ignore lint/correctness/useExhaustiveDependencies: another plugin's code makes another service of this name
  return useMemo(() => {
    if (optional && !identity) return undefined
    if (identity && failures.has(identity)) throw failures.get(identity)
    const services = owner === undefined ? registry.services : registry.servicesOf(owner)
    return now(services, name, (error) => identity && failures.set(identity, error))
  }, [registry, owner, name, optional, identity])
}

/** The service if it is there; if it is being made, what React waits for is thrown. */
function now(services: PluginServices, name: string, failed: (error: unknown) => void): unknown {
  try {
    return services.get(name)
  } catch (error) {
    if (error instanceof ServiceError && error.isPending) throw services.load(name).catch(failed)
    throw error
  }
}
