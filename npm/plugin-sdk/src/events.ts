import type { PluginEvents } from './context.js'

type Report = (error: unknown) => void
type Listener = { readonly call: (payload: unknown) => void; readonly report: Report }

/**
 * The events of a shell and its plugins. Those of a plugin are named `plugin:<plugin>:<event>`. Listeners do not disturb
 * each other: one that throws is reported, and the others are called.
 */
export class EventBus implements PluginEvents {
  readonly #listeners = new Map<string, Set<Listener>>()

  constructor(readonly report: Report = console.error) {}

  emit(event: string, payload?: unknown): void {
    const listeners = this.#listeners.get(event)
    for (const listener of [...(listeners ?? [])]) {
      if (!listeners?.has(listener)) continue // Another listener has removed it.
      try {
        listener.call(payload)
      } catch (error) {
        listener.report(error)
      }
    }
  }

  /** Listens to an event. Returns a function that stops listening. */
  on(event: string, call: (payload: unknown) => void, report = this.report): () => void {
    const listener = { call, report }
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners.add(listener))
    return () => {
      if (listeners.delete(listener) && !listeners.size) this.#listeners.delete(event)
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
  report: Report,
): PluginEvents {
  const isFull = (event: string) => event.startsWith('plugin:')
  const full = (event: string) => `plugin:${plugin}:${event}`
  return {
    emit(event, payload) {
      if (isFull(event))
        throw new Error(`${plugin} emits in its own namespace: write the bare name, not "${event}".`)
      bus.emit(full(event), payload)
    },
    on(event, listener) {
      if (signal.aborted) return () => {}
      const remove = bus.on(isFull(event) ? event : full(event), listener, report)
      signal.addEventListener('abort', remove)
      return () => {
        signal.removeEventListener('abort', remove)
        remove()
      }
    },
  }
}
