import { shared } from './shared.js'

type Snapshot = { version: number; value: unknown }

/** What the registry was asked for, kept until something has changed; what is equal to before is still the same object. */
export class Snapshots {
  #version = 0
  readonly #taken = new Map<string, WeakMap<object, Snapshot>>()
  /** The last value of a key, whatever its context: another context often sees the same. */
  readonly #last = new Map<string, unknown>()

  /** Everything has to be asked for anew. */
  expire(): void {
    this.#version++
  }

  take<Value>(key: string, context: object, make: () => Value): Value {
    const taken = this.#taken.get(key) ?? new WeakMap<object, Snapshot>()
    this.#taken.set(key, taken)
    const known = taken.get(context)
    if (known?.version === this.#version) return known.value as Value
    const version = this.#version
    const value = shared(known ? known.value : this.#last.get(key), make())
    taken.set(context, { version, value })
    this.#last.set(key, value)
    return value
  }
}
