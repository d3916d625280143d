import type { ComposedPlugin, Plugin } from './composed.js'
import type { PluginLogger, PluginPermissions } from './context.js'
import type { EventBus } from './events.js'
import type { FrameworkMPlugin } from './plugin.js'
import { PluginError } from './plugin-error.js'
import type { ServiceFactory } from './service.js'
import type { ServiceContainer } from './service-container.js'
import type { Settings } from './settings.js'
import { type PluginEvent, type PluginState, transition } from './state.js'
import type { StorageDriver } from './storage.js'

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

/** The deadlines that a shell has set, and the usual ones where it has set none. */
export function allDeadlines(
  set: { [Step in keyof Deadlines]?: Deadlines[Step] | undefined } = {},
): Deadlines {
  const { load = 30_000, initialize = 10_000, activate = 10_000, deactivate = 15_000 } = set
  return { load, initialize, activate, deactivate }
}

/** What a plugin's life needs of the registry. */
export interface Host {
  readonly events: EventBus
  readonly services: ServiceContainer
  readonly settings: Settings
  readonly permissions: PluginPermissions
  readonly deadlines: Deadlines
  readonly storage: StorageDriver
  readonly quota: number
  readonly logger: PluginLogger
  /** Takes a plugin through the steps of its life until it is active. */
  switchOn(instance: Instance, attempt: Attempt): Promise<void>
  /** Tells the shell of a failure. */
  report(error: PluginError): void
  /** The instances to wait for. */
  needs(instance: Instance): readonly Instance[]
  /** Something has changed: if it is only that a plugin is started or active, `further` is that one. */
  changed(further?: Instance): void
  /** Something has changed of which others have to hear before they go on. */
  settle(): void
}

/** One switching on of a plugin. What an abandoned one does later changes nothing. */
export interface Attempt {
  readonly controller: AbortController
  /** Its end. It never rejects. */
  done: Promise<void>
  /** Deactivates the plugin: from when it is activated until that is done. Without it an aborted attempt is over. */
  stop?: (() => Promise<void>) | undefined
}

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
  /** The plugin's configuration with its code, once somebody has asked for it. */
  code: Promise<FrameworkMPlugin> | undefined
  factories: ReadonlyMap<string, ServiceFactory> | undefined
  initialized = false
  #attempt: Attempt | undefined

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

  get isRunning(): boolean {
    return this.state === 'active' || this.state === 'initializing'
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
    this.host.changed(this)
  }

  async #run(attempt: Attempt): Promise<void> {
    try {
      await this.host.switchOn(this, attempt)
      attempt.controller.signal.throwIfAborted()
      this.to('succeed')
      this.host.changed(this)
    } catch (error) {
      const failure = error instanceof PluginError ? error : new PluginError(this.name, 'load', error)
      if (this.#attempt === attempt) this.#fail(attempt, failure)
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
    this.host.settle()
  }

  #forgetCode(): void {
    this.code = undefined
    this.factories = undefined
  }

  /** Other code takes the place of the plugin's: it starts from the beginning. */
  renew(): void {
    this.#forgetCode()
    this.initialized = false
    this.wanted ||= this.startup
  }

  /**
   * Switches the plugin off. Its contributions go at once; `deactivate` is called when what depends on it is off.
   *
   * @param dependents Ends when the plugins that depend on this one are off.
   */
  halt(event: PluginEvent, dependents: Promise<unknown>): void {
    const attempt = this.#attempt
    const stop = attempt?.stop
    this.#attempt = undefined
    this.to(event)
    attempt?.controller.abort(new Error(`${this.name} was switched off.`))
    if (stop) this.stopped = dependents.then(stop)
  }
}
