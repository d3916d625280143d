/**
 * `virtual:framework-m-live`: the composition as it is now, in a page that a dev server keeps up to date. The generated
 * modules are evaluated anew after every edit. This one is evaluated once, and holds what has to outlive them.
 */

type Load<Module = unknown> = () => Promise<Module>
type Values = Record<string, unknown>
type Listener = () => void
/** What `code` exports in a plugin's entry, by the path in its configuration. */
type Entry = { code: Record<string, () => unknown> }
/** A function that shells are given, and the evaluation of the host that last mentioned it. */
type Reference = { thunk: Load; seen: number }

/** A module of a plugin's code. Once loaded it is kept until it is renewed; a load that failed is not kept. */
class Code<Module = unknown> {
  thunk: Load<Module> = () => this.read()
  seen = 0
  #loaded: Promise<Module> | undefined

  /** @param load As the newest host loads it; after an edit that is from another address. */
  constructor(public load: Load<Module>) {}

  read(): Promise<Module> {
    this.#loaded ??= this.load()
    const loading = this.#loaded
    loading.catch(() => {
      if (this.#loaded === loading) this.#loaded = undefined
    })
    return loading
  }

  get isLoaded(): boolean {
    return this.#loaded !== undefined
  }

  renew(next: Module): void {
    this.#loaded = Promise.resolve(next)
  }
}

class PluginCode extends Code<Entry> {
  readonly links = new Map<string, Reference>()

  /** What was loaded may run, lifecycle functions too: whoever compares is told of other code by another function. */
  override renew(next: Entry): void {
    if (this.isLoaded) {
      this.thunk = () => this.read()
      entryOf.set(this.thunk, this)
    }
    super.renew(next)
  }

  /** What stands at a path. A path that the entry lacks is of a newer configuration, and so is the newest host's load. */
  async at(path: string): Promise<unknown> {
    const found = (await this.read()).code[path] ?? (await this.load()).code[path]
    if (!found) throw new Error(`The plugin's configuration has no code at ${path} any more.`)
    return found()
  }
}

/**
 * Whether modules take their own updates here, as in a page. On a server that loads them by `ssrLoadModule` none do: Vite evaluates what
 * has changed anew, with all that imports it, so that what an older evaluation had must not be kept.
 */
const isUpdated = 'document' in globalThis || Boolean((import.meta as { hot?: unknown }).hot)

const components = new Map<string, Code>()
const entries = new Map<string, PluginCode>()
const entryOf = new WeakMap<Load, PluginCode>()
let evaluation = 1

/** The function that loads a component: the same for a key until the component is renewed, where that happens. */
export function component(key: string, load?: Load): Load {
  const known = load && !isUpdated ? undefined : components.get(key)
  if (known && load) known.load = load
  const code = known ?? new Code(load ?? (() => Promise.reject(new Error(`There is no component ${key}.`))))
  components.set(key, code)
  return mentioned(code).thunk
}

/** The function that loads a plugin's entry: the same for a name until what it loaded is renewed. */
export function entry(name: string, load: Load<Entry>): Load<Entry> {
  const code = (isUpdated && entries.get(name)) || new PluginCode(load)
  code.load = load
  entries.set(name, code)
  entryOf.set(code.thunk, code)
  return mentioned(code).thunk
}

/** The function that gives what stands at a path of an entry: the same for a path until the entry is renewed. */
export function link(load: Load<Entry>, path: string): Load {
  const code = entryOf.get(load)
  if (!code) throw new Error(`${path} is linked to what is no entry.`)
  const known = code.links.get(path) ?? { thunk: () => code.at(path), seen: 0 }
  code.links.set(path, known)
  return mentioned(known).thunk
}

/**
 * A component became another, and could not take its place in the pages that show it: they are given a new function.
 * Returns whether a shell hears of it.
 */
export function renew(key: string, next: unknown): boolean {
  const code = components.get(key)
  if (!code || !next) return true // A module that could not be evaluated has no namespace.
  const old = code.thunk
  code.renew(next)
  code.thunk = () => code.read()
  return settle(shared(current, new Map([[old, code.thunk]])))
}

/** A plugin's configuration, or what it imports, became another. Returns whether a shell hears of it. */
export function renewEntry(name: string, next: unknown): boolean {
  const code = entries.get(name)
  if (!code || !next) return true
  const old = code.thunk
  code.renew(next as Entry)
  const renewed = new Map<Load, Load>([[old, code.thunk]])
  for (const [path, reference] of code.links) {
    const thunk = () => code.at(path)
    renewed.set(reference.thunk, thunk)
    reference.thunk = thunk
  }
  return settle(shared(current, renewed))
}

function mentioned<Known extends { seen: number }>(known: Known): Known {
  known.seen = evaluation
  return known
}

/** What a composition no longer has is loaded anew if it comes back: its files may be others by then. */
function forget(known: Map<string, { seen: number }>): void {
  for (const [key, { seen }] of known) if (seen !== evaluation) known.delete(key)
}

let current: Values = {}
/** Whether something has changed and nobody was called. */
let missed = false
const hosts: Array<(now: Values) => void> = []
const listeners = new Set<{ call: Listener }>()

/** Calls `listener` after every change of the composition, until the function that this returns is called. */
export function subscribe(listener: Listener): () => void {
  const subscription = { call: listener }
  listeners.add(subscription)
  return () => void listeners.delete(subscription)
}

/**
 * The host was evaluated, and these are its exports. `assign` sets its bindings; those of older evaluations are set as
 * well, because a module that was not evaluated anew still imports one of them.
 */
export function publish(values: Values, assign: (now: Values) => void): void {
  for (const known of [components, entries, ...[...entries.values()].map(({ links }) => links)]) forget(known)
  evaluation++
  hosts.push(assign)
  settle(shared(values))
  if (hosts.length === 1) missed = false
}

/** Whether a shell has heard of every change since this was last asked; one that does not listen has to be reloaded. */
export function heard(): boolean {
  const all = !missed
  missed = false
  return all
}

function settle(now: Values): boolean {
  const changed = now !== current
  current = now
  for (const assign of hosts) assign(now)
  if (changed) call()
  return !missed
}

function call(): void {
  missed ||= listeners.size === 0
  for (const subscription of [...listeners]) {
    if (!listeners.has(subscription)) continue // Another listener has ended it.
    try {
      subscription.call()
    } catch (error) {
      report(error)
    }
  }
}

function report(error: unknown): void {
  const { reportError = console.error } = globalThis as { reportError?: (error: unknown) => void }
  reportError(error)
}

/** Every object of the composition, by what it consists of. */
let objects = new Map<string, object>()

/** The values, with every object that was there before as it was: consumers that compare see what has changed only. */
function shared(values: Values, renewed = new Map<unknown, Load>()): Values {
  const made = new Map<string, object>()
  const done = new Map<object, object>()
  const share = (value: unknown): unknown => {
    if (typeof value === 'function') return renewed.get(value) ?? value
    return typeof value === 'object' && value !== null ? (done.get(value) ?? shareObject(value)) : value
  }
  const shareObject = (value: object): object => {
    const parts = Array.isArray(value)
      ? value.map(share)
      : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, share(part)]))
    const content = JSON.stringify([
      Array.isArray(parts),
      Object.entries(parts).map(([key, part]) => [key, nameOf(part)]),
    ])
    const object = objects.get(content) ?? made.get(content) ?? parts
    made.set(content, object)
    done.set(value, object)
    return object
  }
  const result = share(values) as Values
  objects = made
  return result
}

const numbers = new WeakMap<object, number>()
let numbered = 0

/** A text that two values share only if they are one. */
function nameOf(value: unknown): string {
  if (Object.is(value, -0)) return 'number:-0'
  if (value === null || (typeof value !== 'object' && typeof value !== 'function'))
    return `${typeof value}:${value}`
  const number = numbers.get(value) ?? ++numbered
  numbers.set(value, number)
  return `#${number}`
}
