import { shared } from './shared.js'

type Snapshot = { readonly version: number; readonly value: unknown }

/** Answers that are kept until something has changed; what is equal to before is still the same object. */
export class Snapshots {
  #version = 0
  readonly #taken = new Map<string, WeakMap<object, Snapshot>>()
  /** The last answer to a question, whatever its context: another context often sees the same. */
  readonly #last = new Map<string, unknown>()

  /** Everything has to be asked for anew. */
  expire(): void {
    this.#version++
  }

  take<Value>(question: string, context: object, answer: () => Value): Value {
    const taken = this.#taken.get(question) ?? new WeakMap<object, Snapshot>()
    const known = taken.get(context)
    const version = this.#version
    if (known?.version === version) return known.value as Value
    const value = shared(known ? known.value : this.#last.get(question), answer())
    this.#taken.set(question, taken.set(context, { version, value }))
    this.#last.set(question, value)
    return value
  }
}
