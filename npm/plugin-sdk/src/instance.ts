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
  /** The instances to wait for, and whether the plugin cannot do without each. */
  needs(instance: Instance): { readonly instance: Instance; readonly required: boolean }[]
  /** The factories of a plugin's services are here. */
  provide(instance: Instance): void
  /** Something has changed; at once if others have to hear of it before they go on. */
  changed(atOnce: boolean): void
  report(error: PluginError): void
}

/** One switching on of a plugin. What an abandoned one does later changes nothing. */
type Attempt = { readonly controller: AbortController; done: Promise<void>; context?: PluginContext }

/** A plugin that is registered, and where it is in its life. */
export class Instance {
  plugin: ComposedPlugin
  state: PluginState = 'registered'
  /** Why it is blocked. */
  reason: string | undefined
  error: PluginError | undefined
  /** Whether its contributions are shown. */
  offered = false
  /** Whether it is to be active as soon as nothing is in its way. */
  wanted: boolean
  /** What has to end before it is switched on: its settings are read, its last life is over. */
  ready: Promise<unknown> = Promise.resolve()
  /** The end of its last deactivation. */
  stopped: Promise<unknown> = Promise.resolve()
  factories: ReadonlyMap<string, ServiceFactory> | undefined
  #initialized = false
  #attempt: Attempt | undefined
  #code: Promise<FrameworkMPlugin> | undefined

  constructor(
    public source: Plugin,
    plugin: ComposedPlugin,
    readonly host: Host,
  ) {
    this.plugin = plugin
    this.wanted = plugin.activation === 'startup'
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
    this.host.changed(false)
  }

  async #run(attempt: Attempt): Promise<void> {
    let phase: PluginPhase = 'load'
    const { signal } = attempt.controller
    const { deadlines } = this.host
    const step = async <Value>(next: PluginPhase, time: number, work: () => Value) => {
      phase = next
      const value = await within(time, work, signal)
      signal.throwIfAborted()
      return value
    }
    try {
      await step('load', Infinity, () => this.#dependencies())
      const config = await step('load', deadlines.load, () => this.load())
      const context = this.host.context(this, signal)
      attempt.context = context
      if (!this.#initialized)
        await step('initialize', deadlines.initialize, () => config.initialize?.(context))
      this.#initialized = true
      await step('activate', deadlines.activate, () => config.activate?.(context))
      this.to('succeed')
      this.host.changed(false)
    } catch (error) {
      if (this.#attempt === attempt) this.#fail(attempt, new PluginError(this.name, phase, error))
    }
  }

  #fail({ controller }: Attempt, error: PluginError): void {
    this.#attempt = undefined
    this.wanted = false
    if (error.phase === 'load') this.forgetCode() // A module that never arrived is asked for again.
    this.to('fail')
    this.error = error
    controller.abort(error)
    this.host.report(error)
    this.host.changed(true)
  }

  async #dependencies(): Promise<void> {
    await this.stopped
    await this.ready
    for (const { instance, required } of this.host.needs(this)) {
      await instance.done
      if (required && instance.state !== 'active')
        throw new Error(`${instance.name}, which it needs, is in state "${instance.state}"`, {
          cause: instance.error,
        })
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
    if (plugin !== this.plugin && plugin.load !== this.plugin.load) return config
    this.factories = loaded
    this.host.provide(this)
    return config
  }

  forgetCode(): void {
    this.#code = undefined
    this.factories = undefined
  }

  /** Other code takes the place of the plugin's: it starts from the beginning. */
  renew(): void {
    this.forgetCode()
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
    const wasActive = this.state === 'active'
    this.#attempt = undefined
    this.to(event)
    attempt?.controller.abort(new Error(`${this.name} was switched off.`))
    const { context } = attempt ?? {}
    if (!wasActive || !context) return
    const code = this.load()
    this.stopped = dependents.then(() =>
      this.call('deactivate', async () => {
        const config = await code
        await (config.deactivate ? config.deactivate(context) : config.destroy?.(context))
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
      this.host.changed(false)
    }
  }
}
