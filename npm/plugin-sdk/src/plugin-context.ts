import type { PluginContext, PluginLogger, PluginPermissions } from './context.js'
import { type EventBus, pluginEvents } from './events.js'
import type { Instance } from './instance.js'
import { pluginLogger } from './logger.js'
import { servicesInReach } from './plugin-services.js'
import type { ServiceContainer } from './service-container.js'
import type { Settings } from './settings.js'
import { pluginStorage, type StorageDriver } from './storage.js'

/** What all plugins share, and each sees its part of. */
export interface Common {
  readonly storage: StorageDriver
  readonly quota: number
  readonly events: EventBus
  readonly services: ServiceContainer
  readonly settings: Settings
  readonly permissions: PluginPermissions
  readonly logger: PluginLogger
}

/** The context of a plugin, for one switching on. */
export function pluginContext(
  { storage, quota, events, services, settings, permissions, logger }: Common,
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
