import type { PluginEvents } from './context.js'

export type Report = (error: unknown) => void
type Listener = {
  readonly call: (payload: unknown) => void
  readonly report: Report
  readonly owner: string | undefined
}

/**
 * The events of a shell and its plugins. Those of a plugin are named `plugin:<plugin>:<event>`. Listeners do not disturb
 * each other: one that throws is reported, and the others are called.
 */
export class EventBus implements PluginEvents {
  readonly #listeners = new Map<string, Set<Listener>>()

  constructor(readonly report: Report = console.error) {}

  /**
   * Tells every listener of an event.
   *
   * @param owner The plugin that emits it in its own namespace. A full name may be read in two ways: `plugin:a:b:c` is `b:c`
   *   of the plugin `a`, and `c` of `a:b`.
   */
  emit(event: string, payload?: unknown, owner?: string): void {
    const listeners = this.#listeners.get(event)
    for (const listener of [...(listeners ?? [])]) {
      if (!listeners?.has(listener)) continue // Another listener has removed it.
      if (owner && listener.owner && owner !== listener.owner) continue
      try {
        listener.call(payload)
      } catch (error) {
        listener.report(error)
      }
    }
  }

  /**
   * Listens to an event. Returns a function that stops listening.
   *
   * @param owner The plugin that listens in its own namespace: what another one emits is not meant for it.
   */
  on(event: string, call: (payload: unknown) => void, report = this.report, owner?: string): () => void {
    const listener = { call, report, owner }
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners.add(listener))
    return () => {
      if (listeners.delete(listener) && !listeners.size) this.#listeners.delete(event)
    }
  }
}
