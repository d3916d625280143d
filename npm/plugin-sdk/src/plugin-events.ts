import type { PluginEvents } from './context.js'
import type { EventBus, Report } from './events.js'

/**
 * The bus as one plugin has it. What it emits is in its own namespace; it hears itself by the bare name of an event, and
 * everybody else by the full one. Its listeners go when `signal` is aborted.
 *
 * @param isOver Whether the plugin's life has ended: what it emits after that is heard by nobody.
 */
export function pluginEvents(
  bus: EventBus,
  plugin: string,
  signal: AbortSignal,
  isOver: () => boolean,
  report: Report,
): PluginEvents {
  const isFull = (event: string) => event.startsWith('plugin:')
  const full = (event: string) => `plugin:${plugin}:${event}`
  return {
    emit(event, payload) {
      if (isFull(event))
        throw new Error(`${plugin} emits in its own namespace: write the bare name, not "${event}".`)
      if (!isOver()) bus.emit(full(event), payload, plugin)
    },
    on(event, listener) {
      if (signal.aborted) return () => {}
      const remove = isFull(event)
        ? bus.on(event, listener, report)
        : bus.on(full(event), listener, report, plugin)
      signal.addEventListener('abort', remove)
      return () => {
        signal.removeEventListener('abort', remove)
        remove()
      }
    },
  }
}
