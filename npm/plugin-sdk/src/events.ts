import type { PluginEvents } from './context.js'

export type Report = (error: unknown) => void
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
