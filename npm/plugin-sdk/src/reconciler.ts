import { Claims } from './claims.js'
import type { ComposedPlugin } from './composed.js'
import type { Instance } from './instance.js'
import { obstacle } from './obstacle.js'
import { needs, type Order, order } from './order.js'
import type { PluginEvent } from './state.js'

/** Keeps plugins in the state that they are to be in: blocked where something is missing, going on when it arrives. */
export class Reconciler {
  readonly instances = new Map<string, Instance>()
  #order: Order | undefined
  #running = false
  #again = false
  #due = false

  /** @param settled Called when every plugin is in its state. */
  constructor(readonly settled: () => void) {}

  /** Every instance, each after those that it waits for. */
  sorted(): Instance[] {
    return this.#ordered().names.flatMap((name) => this.instances.get(name) ?? [])
  }

  /** Plugins have come or gone, or depend on others than before. */
  reorder(): void {
    this.#order = undefined
  }

  /** Something has changed. Changes that come together are settled together unless one has to be at once. */
  changed(atOnce: boolean): void {
    if (this.#running) this.#again = true
    else if (atOnce) this.settle()
    else if (!this.#due) {
      this.#due = true
      queueMicrotask(() => this.#due && this.settle())
    }
  }

  settle(): void {
    if (this.#running) {
      this.#again = true
      return
    }
    this.#running = true
    try {
      do {
        this.#again = false
        this.#due = false
        this.#pass()
      } while (this.#again)
    } finally {
      this.#running = false
    }
    this.settled()
  }

  #pass(): void {
    const claims = new Claims()
    for (const instance of this.sorted()) {
      const reason = instance.state === 'disabled' ? undefined : this.#obstacle(instance, claims)
      if (reason !== undefined) this.#block(instance, reason)
      else if (instance.state === 'blocked') instance.to('unblock')
      if (instance.state === 'registered' && instance.wanted) this.start(instance)
      instance.offered = this.#isOffered(instance)
    }
  }

  #obstacle(instance: Instance, claims: Claims): string | undefined {
    const cycle = this.#ordered().cycles.get(instance.name)
    if (cycle !== undefined) return `it is in a circle of dependencies: ${cycle}`
    const reason = obstacle(instance.plugin, (name) => this.instances.get(name))
    if (reason !== undefined || (instance.state === 'error' && !instance.retried)) return reason
    return claims.take(instance.plugin)
  }

  #block(instance: Instance, reason: string): void {
    // One that had failed is tried again when what it needs is there again.
    if (instance.state === 'error') instance.wanted = true
    if (instance.state !== 'blocked') this.halt(instance, 'block')
    instance.reason = reason
  }

  /** A plugin is shown while it is active, or until its first use starts it; never without what it depends on. */
  #isOffered({ state, startup, retried, plugin }: Instance): boolean {
    const own =
      state === 'active' || (!startup && (state === 'registered' || state === 'initializing' || retried))
    return own && Object.keys(plugin.dependencies ?? {}).every((name) => this.instances.get(name)?.offered)
  }

  /** Starts a plugin after all that it waits for. */
  start(instance: Instance): void {
    const asleep = new Set([instance])
    for (const { plugin } of asleep)
      for (const name of needs(plugin, (other) => this.instances.has(other))) {
        const needed = this.instances.get(name) as Instance
        if (needed.state === 'registered' || needed.retried) asleep.add(needed)
      }
    if (asleep.size === 1) instance.start()
    else for (const each of this.sorted()) if (asleep.has(each)) each.start()
  }

  /**
   * Switches plugins off, after all that wait for them. Those have to be started anew, and are blocked if they cannot.
   * Returns when all are off.
   */
  halt(instance: Instance, event: PluginEvent): Promise<unknown> {
    const affected = new Set([instance.name])
    const sorted = this.sorted()
    for (const { name, plugin } of sorted)
      if (Object.keys(plugin.dependencies ?? {}).some((other) => affected.has(other))) affected.add(name)
    for (const each of sorted.reverse()) {
      if (!affected.has(each.name)) continue
      const isRunning = each.state === 'active' || each.state === 'initializing'
      if (each === instance) each.halt(event, this.#dependentsStopped(each.name))
      else if (isRunning) each.halt('reset', this.#dependentsStopped(each.name))
    }
    return instance.stopped
  }

  #dependentsStopped(name: string): Promise<unknown> {
    const waiting = [...this.instances.values()].filter(({ plugin }) => waitsFor(plugin, name))
    return Promise.all(waiting.map(({ stopped }) => stopped))
  }

  #ordered(): Order {
    const plugins = () => new Map([...this.instances].map(([name, { plugin }]) => [name, plugin]))
    this.#order ??= order(plugins())
    return this.#order
  }
}

function waitsFor({ dependencies, optionalDependencies }: ComposedPlugin, name: string): boolean {
  return [dependencies, optionalDependencies].some((names) => Object.hasOwn(names ?? {}, name))
}
