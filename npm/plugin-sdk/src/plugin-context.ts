import type { PluginContext, PluginLogger } from './context.js'
import { pluginEvents } from './events.js'
import type { Instance } from './instance.js'
import { pluginLogger } from './logger.js'
import { servicesInReach } from './plugin-services.js'
import type { PluginRegistry } from './registry.js'
import { pluginStorage, type StorageDriver } from './storage.js'

/** Where a registry keeps and writes what its plugins tell it to. */
interface Outlets {
  readonly storage: StorageDriver
  readonly quota: number
  readonly logger: PluginLogger
}

/** The context of a plugin, for one switching on. */
export function pluginContext(
  { events, services, settings, permissions }: PluginRegistry,
  { storage, quota, logger }: Outlets,
  instance: Instance,
  signal: AbortSignal,
  report: (error: unknown) => void,
): PluginContext {
  const { name } = instance
  return {
    storage: pluginStorage(storage, name, quota),
    events: pluginEvents(events, name, signal, report),
    services: servicesInReach(services, instance),
    get settings() {
      return settings.get(name)
    },
    permissions,
    signal,
    logger: pluginLogger(logger, name),
  }
}
