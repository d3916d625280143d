import type { ComposedPlugin, Plugin } from './composed.js'
import type { PluginContext } from './context.js'
import { within } from './deadline.js'
import type { FrameworkMPlugin } from './plugin.js'
import { PluginError, type PluginPhase } from './plugin-error.js'
import type { ServiceFactory } from './service.js'
import { asFactory } from './service-container.js'
import { type PluginEvent, type PluginState, transition } from './state.js'

/** How long each step may take, in milliseconds. */
export interface Deadlines {
  /** The plugin's code arrives and is evaluated. Default 30 s. */
  load: number
  /** Default 10 s. */
  initialize: number
  /** Default 10 s. */
  activate: number
  /** Also for `uninstall`. Default 15 s. */
  deactivate: number
}

/** What a plugin's life needs of the registry. */
export interface Host {
  readonly deadlines: Deadlines
  context(instance: Instance, signal: AbortSignal): PluginContext
  /** The instances to wait for. */
  needs(instance: Instance): readonly Instance[]
  /** Something has changed; at once if others have to hear of it before they go on. */
  changed(atOnce?: boolean): void
  report(error: PluginError): void
}

/** One switching on of a plugin. What an abandoned one does later changes nothing. */
type Attempt = { readonly controller: AbortController; done: Promise<void>; context?: PluginContext }

/** A plugin that is registered, and where it is in its life. */
export class Instance {
  state: PluginState = 'registered'
  /** Why it is blocked. */
  reason: string | undefined
  error: PluginError | undefined
  /** Whether its contributions are shown. */
  offered = false
  /** Whether it is to be active as soon as nothing is in its way. */
  wanted: boolean
  /** What has to end before it is switched on: its settings are read, its last life is over. */
  ready: Promise<unknown> | undefined
  /** The end of its last deactivation. */
  stopped: Promise<unknown> | undefined
  factories: ReadonlyMap<string, ServiceFactory> | undefined
  #initialized = false
  #attempt: Attempt | undefined
  #code: Promise<FrameworkMPlugin> | undefined

  constructor(
    public source: Plugin,
    public plugin: ComposedPlugin,
    readonly host: Host,
  ) {
    this.wanted = this.startup
  }

  get name(): string {
    return this.plugin.name
  }

  get startup(): boolean {
    return this.plugin.activation === 'startup'
  }

  /** Whether its next use tries again. */
  get retried(): boolean {
    return this.state === 'error' && this.error?.phase === 'load' && !this.startup
  }

  /** Whether its next use starts it. */
  get asleep(): boolean {
    return this.state === 'registered' || this.retried
  }

  /** The end of the attempt that runs now, if one does. It never rejects. */
  get done(): Promise<void> | undefined {
    return this.#attempt?.done
  }

  to(event: PluginEvent): void {
    this.state = transition(this.state, event)
    if (this.state !== 'blocked') this.reason = undefined
    if (this.state !== 'error' && this.state !== 'disabled') this.error = undefined
  }

  /** Switches the plugin on, unless that was done or is being done. */
  start(): void {
    if (this.#attempt) return
    const attempt: Attempt = { controller: new AbortController(), done: Promise.resolve() }
    this.#attempt = attempt
    this.wanted = true
    this.to('start')
    attempt.done = this.#run(attempt)
    this.host.changed()
  }

  async #run(attempt: Attempt): Promise<void> {
    let phase: PluginPhase = 'load'
    const { signal } = attempt.controller
    const { deadlines, context } = this.host
    const step = <Value>(next: keyof Deadlines, work: () => Value, time = deadlines[next]) => {
      phase = next
      return within(time, work, signal)
    }
    try {
      await step('load', () => this.#dependencies(), Infinity)
      const config = await step('load', () => this.load())
      const given = context(this, signal)
      attempt.context = given
      if (!this.#initialized) await step('initialize', () => config.initialize?.(given))
      this.#initialized = true
      await step('activate', () => config.activate?.(given))
      signal.throwIfAborted()
      this.to('succeed')
      this.host.changed()
    } catch (error) {
      if (this.#attempt === attempt) this.#fail(attempt, new PluginError(this.name, phase, error))
    }
  }

  #fail({ controller }: Attempt, error: PluginError): void {
    this.#attempt = undefined
    this.wanted = false
    if (error.phase === 'load') this.#forgetCode() // A module that never arrived is asked for again.
    this.to('fail')
    this.error = error
    controller.abort(error)
    this.host.report(error)
    this.host.changed(true)
  }

  async #dependencies(): Promise<void> {
    await this.stopped
    await this.ready
    for (const needed of this.host.needs(this)) {
      await needed.done
      const { name, state, error: cause } = needed
      if (state !== 'active' && Object.hasOwn(this.plugin.dependencies ?? {}, name))
        throw new Error(`${name}, which it needs, is in state "${state}"`, { cause })
    }
  }

  /** The plugin's configuration with its code: loaded once for all who ask, and again after a failure. */
  load(): Promise<FrameworkMPlugin> {
    this.#code ??= this.#read()
    const code = this.#code
    code.catch(() => {
      if (this.#code === code) this.#code = undefined
    })
    return code
  }

  async #read(): Promise<FrameworkMPlugin> {
    const { plugin } = this
    const config = (await plugin.load())?.default
    if (typeof config !== 'object' || config === null)
      throw new TypeError('its module has no configuration as its default export')
    const services = Object.entries(plugin.services ?? {})
    const factories = services.map(async ([name, load]) => [name, asFactory(name, await load())] as const)
    const loaded = new Map(await Promise.all(factories))
    if (plugin.load === this.plugin.load) this.factories = loaded
    return config
  }

  #forgetCode(): void {
    this.#code = undefined
    this.factories = undefined
  }

  /** Other code takes the place of the plugin's: it starts from the beginning. */
  renew(): void {
    this.#forgetCode()
    this.#initialized = false
    this.wanted ||= this.startup
  }

  /**
   * Switches the plugin off. Its contributions go at once; `deactivate` is called when what depends on it is off.
   *
   * @param dependents Ends when the plugins that depend on this one are off.
   */
  halt(event: PluginEvent, dependents: Promise<unknown>): void {
    const attempt = this.#attempt
    const context = this.state === 'active' && attempt?.context
    this.#attempt = undefined
    this.to(event)
    attempt?.controller.abort(new Error(`${this.name} was switched off.`))
    if (!context) return
    const code = this.load()
    this.stopped = dependents.then(() =>
      this.call('deactivate', async () => {
        const config = await code
        await (config.deactivate ?? config.destroy)?.call(config, context)
      }),
    )
  }

  /** Calls a last step of the plugin. Its failure is reported, and stops nothing. */
  async call(phase: 'deactivate' | 'uninstall', work: () => unknown): Promise<void> {
    try {
      await within(this.host.deadlines.deactivate, work)
    } catch (cause) {
      const error = new PluginError(this.name, phase, cause)
      if (this.state === 'disabled') this.error = error
      this.host.report(error)
      this.host.changed()
    }
  }
}
