import { useContext, useMemo } from 'react'
import type { PluginServices } from '../context.js'
import type { Service, ServiceName } from '../names.js'
import { PluginError } from '../plugin-error.js'
import type { PluginRegistry } from '../registry.js'
import { ServiceError, THE_SHELL } from '../service-container.js'
import { servicesInReach } from '../services-in-reach.js'
import { PartContext, useScope, useSnapshot } from './scope.js'

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
  const { registry } = useScope()
  const { plugin, attempt } = useContext(PartContext)
  const identity = useSnapshot(({ services }) => services.identity(name))
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is made stays the same in another attempt
  return useMemo(() => {
    if (optional && !identity) return undefined
    const services = plugin === undefined ? registry.services : reachOf(registry, plugin)
    if (!identity) return services.get(name)
    const known = failuresOf(attempt)
    const failure = known.get(identity)
    if (!failure) return now(services, name, known, identity, registry.services.ownerOf(name))
    // The shell's own parts have no attempts that end: React has rendered this one again, and then it is over.
    if (plugin === undefined) setTimeout(() => known.delete(identity))
    throw failure.error
  }, [registry, plugin, name, optional, identity])
}

/** The services that a part of a plugin may use. */
function reachOf(registry: PluginRegistry, plugin: string): PluginServices {
  const { dependencies, optionalDependencies } = registry.get(plugin) ?? {}
  return servicesInReach(registry.services, plugin, { ...dependencies, ...optionalDependencies })
}

type Failures = WeakMap<object, { readonly error: unknown }>

const failures = new WeakMap<object, Failures>()

/** What could not be made in an attempt, by the identity of the service. */
function failuresOf(attempt: object): Failures {
  const known = failures.get(attempt) ?? new WeakMap()
  failures.set(attempt, known)
  return known
}

/** The service if it is there; if it is being made, what React waits for is thrown. */
function now(
  services: PluginServices,
  name: string,
  known: Failures,
  identity: object,
  owner: string | undefined,
): unknown {
  try {
    return services.get(name)
  } catch (error) {
    if (!(error instanceof ServiceError && error.isPending)) throw ofOwner(error, name, owner)
  }
  throw services.load(name).catch((error) => known.set(identity, { error: ofOwner(error, name, owner) }))
}

/** What a factory throws is a failure of the plugin whose service it is, and not of who asks for it. */
function ofOwner(error: unknown, service: string, owner: string | undefined): unknown {
  const isTold = error instanceof ServiceError || error instanceof PluginError
  return isTold || owner === undefined || owner === THE_SHELL
    ? error
    : new PluginError(owner, 'service', error, service)
}
