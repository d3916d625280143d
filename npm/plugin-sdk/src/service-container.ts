import type { PluginServices } from './context.js'
import type { ServiceFactory } from './service.js'

/** The owner of services that no plugin provides. */
export const THE_SHELL = 'the shell'

const TRANSIENT = Symbol.for('framework-m.transient')

/** Marks a factory whose service is made anew for everybody who asks. */
export function transient<Factory extends ServiceFactory>(factory: Factory): Factory {
  return Object.assign((services: PluginServices) => factory(services), {
    [TRANSIENT]: true,
  }) as unknown as Factory
}

/** A service that is not there, not ready, or cannot be made. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'

  /** @param isPending Whether `load` would give the service. */
  constructor(
    message: string,
    readonly isPending = false,
  ) {
    super(message)
  }
}

/** Where the factory of a service comes from. */
interface FactorySource {
  /** The factory, if it is loaded. */
  now(): ServiceFactory | undefined
  load(): Promise<ServiceFactory>
}

/** A service that somebody provides. */
type Entry = {
  readonly name: string
  readonly owner: string
  readonly source: FactorySource
  made?: { readonly value: unknown }
  making?: Promise<unknown> | undefined
  /** The services that its factory waits for. */
  readonly waitsFor: Set<Entry>
}

/** Services by name, made when they are first asked for, and removed together with their owner. */
export class ServiceContainer implements PluginServices {
  readonly #entries = new Map<string, Entry>()

  /** Provides a service. Throws where the name is taken. */
  provide(name: string, factory: ServiceFactory, owner = THE_SHELL): void {
    this.provideLazily(name, { now: () => factory, load: async () => factory }, owner)
  }

  /** Provides a service whose factory is loaded when the service is first asked for. Throws where the name is taken. */
  provideLazily(name: string, source: FactorySource, owner: string): void {
    const taken = this.ownerOf(name)
    if (taken) throw new ServiceError(`The service "${name}" of ${owner} is provided by ${taken} already.`)
    this.#entries.set(name, { name, owner, source, waitsFor: new Set() })
  }

  /** Removes the services of an owner, or one of them. One that is being made is not given to anybody any more. */
  withdraw(owner: string, service?: string): void {
    for (const name of service === undefined ? this.names() : [service])
      if (this.ownerOf(name) === owner) this.#entries.delete(name)
  }

  ownerOf(name: string): string | undefined {
    return this.#entries.get(name)?.owner
  }

  /** Something that is another object whenever a service of this name is provided anew; `undefined` while none is. */
  identity(name: string): object | undefined {
    return this.#entries.get(name)
  }

  names(): string[] {
    return [...this.#entries.keys()]
  }

  get(name: string): unknown {
    return this.#get(name)
  }

  load(name: string): Promise<unknown> {
    return this.#load(name)
  }

  #get(name: string, asker?: Entry): unknown {
    const entry = this.#waitFor(name, asker)
    try {
      const factory = entry.source.now()
      if (!factory) throw new ServiceError(`The service "${name}" is not loaded yet: use load().`, true)
      const value = entry.making ?? this.#make(entry, factory)
      if (!isPromise(value)) return value
      value.then(undefined, () => {}) // Whoever asks again by `load` hears of a failure.
      throw new ServiceError(`The service "${name}" is not made yet: use load().`, !(TRANSIENT in factory))
    } finally {
      asker?.waitsFor.delete(entry)
    }
  }

  async #load(name: string, asker?: Entry): Promise<unknown> {
    const entry = this.#waitFor(name, asker)
    try {
      const factory = entry.source.now() ?? (await entry.source.load())
      const value = await (entry.making ?? this.#make(entry, factory))
      if (this.#entries.get(name) === entry) return value
    } finally {
      asker?.waitsFor.delete(entry)
    }
    throw new ServiceError(`The service "${name}" went while it was being made: ${entry.owner} is gone.`)
  }

  /** The service that `asker` waits for from now on. Throws where there is none, and where it would wait for itself. */
  #waitFor(name: string, asker: Entry | undefined): Entry {
    const entry = this.#entries.get(name)
    if (!entry) throw new ServiceError(`Nobody provides the service "${name}".`)
    const path = asker && pathBetween(entry, asker)
    if (path)
      throw new ServiceError(`The services wait for each other: ${[asker.name, ...path].join(' → ')}.`)
    asker?.waitsFor.add(entry)
    return entry
  }

  /** Calls a factory. Its service is kept unless it is a transient one; a failure is not kept. */
  #make(entry: Entry, factory: ServiceFactory): unknown {
    if (entry.made) return entry.made.value
    const isKept = !(TRANSIENT in factory)
    const keep = (value: unknown) => {
      if (isKept) entry.made = { value }
      return value
    }
    let value: unknown
    entry.making = Promise.resolve().then(() => value) // For whoever asks from within the factory.
    entry.making.catch(() => {})
    try {
      value = factory({
        get: (name) => this.#get(name, entry),
        load: (name) => this.#load(name, entry),
      })
    } finally {
      entry.making = undefined
    }
    if (!isPromise(value)) return keep(value)
    const made = Promise.resolve(value)
      .then(keep)
      .finally(() => {
        entry.making = undefined
      })
    if (isKept) entry.making = made
    return made
  }
}

/** The names on the way from one service to another that it waits for. */
function pathBetween(from: Entry, to: Entry, seen = new Set<Entry>()): string[] | undefined {
  if (from === to) return [to.name]
  seen.add(from)
  for (const next of from.waitsFor) {
    const path = seen.has(next) ? undefined : pathBetween(next, to, seen)
    if (path) return [from.name, ...path]
  }
  return undefined
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as PromiseLike<unknown> | null)?.then === 'function'
}

/** A service's factory, or why it is none. */
export function asFactory(name: string, value: unknown): ServiceFactory {
  if (typeof value === 'function') return value as ServiceFactory
  throw new ServiceError(
    `The service "${name}" has to be a function that makes it, and is a ${typeof value}.`,
  )
}
