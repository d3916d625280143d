/** Listeners that do not disturb each other: one that throws is reported, and the others are called. */
export class Subscribers<Value = void> {
  readonly #listeners = new Set<{ call: (value: Value) => void }>()

  constructor(readonly report: (error: unknown) => void) {}

  get size(): number {
    return this.#listeners.size
  }

  /** Adds a listener, and returns a function that removes it. */
  add(call: (value: Value) => void): () => void {
    const listener = { call }
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  call(value: Value): void {
    for (const listener of [...this.#listeners]) {
      if (!this.#listeners.has(listener)) continue // Another listener has removed it.
      try {
        listener.call(value)
      } catch (error) {
        this.report(error)
      }
    }
  }
}
