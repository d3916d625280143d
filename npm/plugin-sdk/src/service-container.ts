import type { PluginServices } from './context.js'
import type { ServiceFactory } from './service.js'

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

/** A service somebody provides. */
type Entry = {
  readonly name: string
  readonly owner: string
  /** Loads the factory. */
  readonly load: () => Promise<ServiceFactory>
  /** The factory, once it is loaded. */
  factory?: ServiceFactory | undefined
  made?: { readonly value: unknown } | undefined
  making?: Promise<unknown> | undefined
  /** The services that its factory waits for. */
  readonly waitsFor: Set<Entry>
}

/** Services by name, made when they are first asked for, and removed together with their owner. */
export class ServiceContainer implements PluginServices {
  readonly #entries = new Map<string, Entry>()

  /** Provides a service. Throws where the name is taken. */
  provide(name: string, factory: ServiceFactory, owner = 'the shell'): void {
    this.provideLazily(name, () => Promise.resolve(factory), owner)
    this.ready(name, factory)
  }

  /** Provides a service whose factory is loaded when the service is first asked for. Throws where the name is taken. */
  provideLazily(name: string, load: () => Promise<ServiceFactory>, owner: string): void {
    const taken = this.#entries.get(name)
    if (taken)
      throw new ServiceError(`The service "${name}" of ${owner} is provided by ${taken.owner} already.`)
    this.#entries.set(name, { name, owner, load, waitsFor: new Set() })
  }

  /** The factory of a service is loaded: from now on `get` can make it. */
  ready(name: string, factory: ServiceFactory): void {
    const entry = this.#entries.get(name)
    if (entry) entry.factory = factory
  }

  /** Removes the services of an owner. One that is being made is not given to anybody any more. */
  withdraw(owner: string): void {
    for (const [name, entry] of this.#entries) if (entry.owner === owner) this.#entries.delete(name)
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
    return this.#get(this.#entry(name))
  }

  load(name: string): Promise<unknown> {
    return this.#load(name)
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name)
    if (entry) return entry
    throw new ServiceError(`Nobody provides the service "${name}".`)
  }

  #get(entry: Entry, asker?: Entry): unknown {
    if (entry.made) return entry.made.value
    const { factory } = entry
    if (!factory) throw new ServiceError(`The service "${entry.name}" is not loaded yet: use load().`, true)
    if (entry.making) {
      const cycle = this.#cycle(entry, asker)
      throw cycle ? new ServiceError(cycle) : new ServiceError(notReady(entry), true)
    }
    const value = this.#wait(entry, asker, () => this.#make(entry, factory))
    if (!isPromise(value)) return value
    value.then(undefined, () => {}) // Whoever asks again by `load` hears of a failure.
    throw new ServiceError(notReady(entry), !(TRANSIENT in factory))
  }

  async #load(name: string, asker?: Entry): Promise<unknown> {
    const entry = this.#entry(name)
    const cycle = this.#cycle(entry, asker)
    if (cycle) throw new ServiceError(cycle)
    if (entry.made) return entry.made.value
    asker?.waitsFor.add(entry)
    try {
      const factory = entry.factory ?? (await entry.load())
      entry.factory = factory
      const value = await (entry.making ?? this.#make(entry, factory))
      if (this.#entries.get(name) === entry) return value
    } finally {
      asker?.waitsFor.delete(entry)
    }
    throw new ServiceError(`The service "${name}" went while it was being made: ${entry.owner} is gone.`)
  }

  /** Calls a factory. Its service is kept unless it is a transient one; a failure is not kept. */
  #make(entry: Entry, factory: ServiceFactory): unknown {
    if (entry.made) return entry.made.value
    const keep = (value: unknown) => {
      entry.making = undefined
      if (!(TRANSIENT in factory)) entry.made = { value }
      return value
    }
    // While the factory runs, whoever asks for this service from within it is in a circle.
    entry.making = Promise.resolve()
    try {
      const value = factory({
        get: (name) => this.#get(this.#entry(name), entry),
        load: (name) => this.#load(name, entry),
      })
      if (!isPromise(value)) return keep(value)
      const made = value.then(keep, (error) => {
        entry.making = undefined
        throw error
      })
      entry.making = TRANSIENT in factory ? undefined : made
      return made
    } catch (error) {
      entry.making = undefined
      throw error
    }
  }

  #wait(entry: Entry, asker: Entry | undefined, work: () => unknown): unknown {
    asker?.waitsFor.add(entry)
    try {
      return work()
    } finally {
      asker?.waitsFor.delete(entry)
    }
  }

  /** What to say if `asker` would wait for itself: `a → b → a`. */
  #cycle(entry: Entry, asker: Entry | undefined): string | undefined {
    if (!asker) return undefined
    const path = pathBetween(entry, asker, new Set())
    return (
      path && `The services wait for each other: ${[asker, ...path].map(({ name }) => name).join(' → ')}.`
    )
  }
}

function notReady({ name }: Entry): string {
  return `The service "${name}" is not made yet: its factory answers by a promise, so use load().`
}

function pathBetween(from: Entry, to: Entry, seen: Set<Entry>): Entry[] | undefined {
  if (from === to) return [to]
  if (seen.has(from)) return undefined
  seen.add(from)
  for (const next of from.waitsFor) {
    const path = pathBetween(next, to, seen)
    if (path) return [from, ...path]
  }
  return undefined
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as PromiseLike<unknown> | null)?.then === 'function'
}

/** The services as one plugin may use them. */
export function servicesInReach(
  container: ServiceContainer,
  plugin: string,
  reaches: (owner: string) => boolean,
): PluginServices {
  const check = (name: string) => {
    const owner = container.ownerOf(name)
    if (owner !== undefined && !reaches(owner))
      throw new ServiceError(
        `The service "${name}" is of ${owner}, which ${plugin} has to name in its dependencies to use it.`,
      )
  }
  return {
    get(name) {
      check(name)
      return container.get(name)
    },
    async load(name) {
      check(name)
      return container.load(name)
    },
  }
}

/** A service's factory, or why it is none. */
export function asFactory(name: string, value: unknown): ServiceFactory {
  if (typeof value === 'function') return value as ServiceFactory
  throw new ServiceError(
    `The service "${name}" has to be a function that makes it, and is a ${typeof value}.`,
  )
}
