import type { PluginEvents } from './context.js'
import { Subscribers } from './subscribers.js'

/** The events of a shell and its plugins. Those of a plugin are named `plugin:<plugin>:<event>`. */
export class EventBus implements PluginEvents {
  readonly #listeners = new Map<string, Subscribers<unknown>>()

  constructor(readonly report: (error: unknown) => void = console.error) {}

  emit(event: string, payload?: unknown): void {
    this.#listeners.get(event)?.call(payload)
  }

  on(event: string, listener: (payload: unknown) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Subscribers<unknown>(this.report)
    this.#listeners.set(event, listeners)
    const remove = listeners.add(listener)
    return () => {
      remove()
      if (!listeners.size && this.#listeners.get(event) === listeners) this.#listeners.delete(event)
    }
  }
}

/**
 * The bus as one plugin has it. What it emits is in its own namespace; it hears itself by the bare name of an event, and
 * everybody else by the full one. Its listeners go when `signal` is aborted.
 */
export function pluginEvents(
  bus: EventBus,
  plugin: string,
  signal: AbortSignal,
  report: (error: unknown) => void,
): PluginEvents {
  const full = (event: string) => `plugin:${plugin}:${event}`
  return {
    emit(event, payload) {
      if (event.startsWith('plugin:'))
        throw new Error(
          `${plugin} emits in its own namespace: write the bare name of the event, not "${event}".`,
        )
      bus.emit(full(event), payload)
    },
    on(event, listener) {
      if (signal.aborted) return () => {}
      const remove = bus.on(event.startsWith('plugin:') ? event : full(event), (payload) => {
        try {
          listener(payload)
        } catch (error) {
          report(error)
        }
      })
      signal.addEventListener('abort', remove, { once: true })
      return () => {
        signal.removeEventListener('abort', remove)
        remove()
      }
    },
  }
}
