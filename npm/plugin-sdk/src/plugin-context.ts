import type { PluginContext } from './context.js'
import type { Attempt, Instance } from './instance.js'
import { pluginLogger } from './logger.js'
import { PluginError } from './plugin-error.js'
import { pluginEvents } from './plugin-events.js'
import { pluginStorage } from './plugin-storage.js'
import { servicesInReach } from './services-in-reach.js'

/** The context of a plugin, for one switching on. */
export function pluginContext(
  instance: Instance,
  attempt: Pick<Attempt, 'controller' | 'stop'>,
): PluginContext {
  const { name, host, plugin } = instance
  const { signal } = attempt.controller
  /** What was abandoned, or is deactivated, changes nothing any more. */
  const isOver = () => signal.aborted && !attempt.stop
  const { events, services, settings, permissions, report } = host
  const failed = (error: unknown) => report(new PluginError(name, 'event', error))
  return {
    storage: pluginStorage(host.storage, name, host.quota, isOver),
    events: pluginEvents(events, name, signal, isOver, failed),
    services: servicesInReach(services, name, { ...plugin.dependencies, ...plugin.optionalDependencies }),
    get settings() {
      return settings.get(name)
    },
    permissions,
    signal,
    logger: pluginLogger(host.logger, name),
  }
}
