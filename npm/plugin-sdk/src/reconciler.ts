import type { Claims } from './claims.js'
import type { Instance } from './instance.js'
import { obstacle } from './obstacle.js'
import { needs, type Order, order } from './order.js'
import type { PluginEvent } from './state.js'

export type Checks = typeof import('./checks.js')

/** Keeps plugins in the state that they are to be in: blocked where something is missing, going on when it arrives. */
export class Reconciler {
  readonly instances = new Map<string, Instance>()
  /** Those that were taken out and are not off yet. */
  readonly leaving = new Set<Instance>()
  /** The checks of plugins that the composer has not seen, once there is one. */
  checks: Checks | undefined
  #claims: Claims | undefined
  #order: Order<Instance> | undefined
  #running = false
  /** Whether all plugins have to be gone through again. */
  #again = false
  readonly #further = new Set<Instance>()

  /** @param settled Called when every plugin is in its state. */
  constructor(readonly settled: () => void) {}

  /** Every instance, each after those that it waits for. */
  sorted(): readonly Instance[] {
    return this.#ordered().sorted
  }

  /** Plugins have come or gone, or depend on others than before. */
  reorder(): void {
    this.#order = undefined
  }

  /** Whether another plugin is shown that overrides a part. */
  readonly isReplaced = (part: object): boolean => {
    const by = this.#claims?.replaced.get(part)
    return by !== undefined && this.instances.get(by)?.offered === true
  }

  /**
   * Something has changed. Changes that come together are settled together.
   *
   * @param further The plugin that is started or active now, where that is all: it is in nobody's way, and only what is shown
   *   can be more.
   */
  changed(further?: Instance): void {
    if (further) this.#further.add(further)
    else this.#again = true
    queueMicrotask(() => {
      if (this.#again) this.settle()
      else if (this.#further.size) this.#offerFurther()
    })
  }

  settle(): void {
    this.#again = true
    if (this.#running) return
    this.#running = true
    try {
      while (this.#again) {
        this.#again = false
        this.#pass()
      }
      this.#further.clear()
    } finally {
      this.#running = false
    }
    this.settled()
  }

  #pass(): void {
    this.#claims ??= this.checks && new this.checks.Claims()
    for (const instance of this.sorted()) {
      const reason = instance.state === 'disabled' ? undefined : this.#obstacle(instance)
      if (reason !== undefined) this.#block(instance, reason)
      else if (instance.state === 'blocked') instance.to('unblock')
      if (instance.state === 'registered' && instance.wanted) this.start(instance)
      instance.offered = this.#isOffered(instance)
    }
    this.#claims?.end()
  }

  /** Shows those that have got further, and those that waited for nothing else: a chain is not gone through at each link. */
  #offerFurther(): void {
    for (const instance of this.#further) {
      this.#further.delete(instance)
      const { offered } = instance
      instance.offered = this.#isOffered(instance)
      if (offered === instance.offered) continue
      for (const dependent of this.#dependents(instance)) this.#further.add(dependent)
    }
    this.settled()
  }

  #obstacle(instance: Instance): string | undefined {
    const { plugin, state, retried } = instance
    const cycle = this.#ordered().cycles.get(instance)
    if (cycle) return `it is in a circle of dependencies: ${cycle}`
    const reason = obstacle(plugin, this.instances, this.checks?.mismatch)
    return reason || (state === 'error' && !retried) ? reason : this.#claims?.take(plugin)
  }

  #block(instance: Instance, reason: string): void {
    // One that had failed is tried again when what it needs is there again.
    if (instance.state === 'error') instance.wanted = true
    if (instance.state !== 'blocked') this.halt(instance, 'block')
    instance.reason = reason
  }

  /** A plugin is shown while it is active, or until its first use starts it; never without what it depends on. */
  #isOffered({ state, startup, asleep, plugin }: Instance): boolean {
    const own = state === 'active' || (!startup && (asleep || state === 'initializing'))
    return own && Object.keys(plugin.dependencies ?? {}).every((name) => this.instances.get(name)?.offered)
  }

  /** Starts a plugin after all that it waits for. */
  start(instance: Instance): void {
    const asleep = new Set([instance])
    for (const each of asleep)
      for (const needed of needs(each, this.instances)) if (needed.asleep) asleep.add(needed)
    if (asleep.size === 1) instance.start()
    else for (const each of this.sorted()) if (asleep.has(each)) each.start()
  }

  /**
   * Switches plugins off, after all that wait for them. Those have to be started anew, and are blocked if they cannot.
   * Returns when all are off.
   */
  halt(instance: Instance, event: PluginEvent): Promise<unknown> | undefined {
    for (const each of this.#affected(instance)) each.halt('reset', this.#dependentsStopped(each))
    instance.halt(event, this.#dependentsStopped(instance))
    return instance.stopped
  }

  /** The plugins that run and cannot do without one, each before those that it depends on. */
  #affected(instance: Instance): Instance[] {
    const found = new Set([instance])
    for (const each of found)
      for (const dependent of this.#dependents(each))
        if (dependent.isRunning && Object.hasOwn(dependent.plugin.dependencies ?? {}, each.name))
          found.add(dependent)
    found.delete(instance)
    if (found.size < 2) return [...found]
    return this.sorted()
      .filter((each) => found.has(each))
      .reverse()
  }

  #dependents(instance: Instance): readonly Instance[] {
    return this.#ordered().dependents.get(instance) ?? []
  }

  #dependentsStopped(instance: Instance): Promise<unknown> {
    const leaving = [...this.leaving].filter((each) => needs(each, this.instances).includes(instance))
    return Promise.all([...this.#dependents(instance), ...leaving].map(({ stopped }) => stopped))
  }

  #ordered(): Order<Instance> {
    this.#order ??= order(this.instances)
    return this.#order
  }
}
