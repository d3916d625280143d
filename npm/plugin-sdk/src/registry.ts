import type {
  ExtensionNode,
  ExtensionPointNode,
  MenuNode,
  Plugin,
  ProviderNode,
  RouteNode,
} from './composed.js'
import { type ConditionContext, Conditions } from './conditions.js'
import type { PluginContext, PluginLogger, PluginPermissions, PluginServices } from './context.js'
import { Contributions } from './contributions.js'
import { EventBus, pluginEvents } from './events.js'
import { expression } from './expression.js'
import { infoOf, type PluginInfo, type PluginStatus } from './info.js'
import { type Deadlines, type Host, Instance } from './instance.js'
import { pluginLogger } from './logger.js'
import type { PluginRegistryOptions } from './options.js'
import { needs } from './order.js'
import { gate } from './permissions.js'
import { PluginError } from './plugin-error.js'
import { Reconciler } from './reconciler.js'
import type { ServiceFactory } from './service.js'
import { ServiceContainer, servicesInReach } from './service-container.js'
import type { Setting } from './setting.js'
import { Settings } from './settings.js'
import { Snapshots } from './snapshots.js'
import { clearStorage, memoryStorage, pluginStorage, type StorageDriver } from './storage.js'
import { Subscribers } from './subscribers.js'
import { composed } from './written.js'

const EVERYWHERE = {}

/**
 * The plugins of a shell while it runs: who is there, in which state, and what they contribute. A plugin that fails costs
 * itself and its dependents; what the registry's own caller does wrong is thrown.
 */
export class PluginRegistry {
  readonly app: PluginRegistryOptions['app']
  /** The services of all plugins; the shell may provide its own. */
  readonly services = new ServiceContainer()
  /** The events of the shell and of all plugins, by their full names. */
  readonly events: EventBus
  readonly settings: Settings
  readonly permissions: PluginPermissions

  readonly #host: Host
  readonly #reconciler = new Reconciler(() => this.#settled())
  readonly #contributions: Contributions
  readonly #snapshots = new Snapshots()
  readonly #subscribers: Subscribers
  readonly #storage: StorageDriver
  readonly #quota: number
  readonly #logger: PluginLogger
  readonly #onError: (error: PluginError) => void
  /** The ends of plugins that were unregistered: one of the same name does not start before. */
  readonly #leaving = new Map<string, Promise<unknown>>()
  #context: ConditionContext

  constructor(options: PluginRegistryOptions = {}) {
    this.app = options.app
    this.#context = options.context ?? {}
    this.#storage = options.storage ?? memoryStorage()
    this.#quota = options.quota ?? 1_000_000
    this.#logger = options.logger ?? console
    this.#onError = options.onError ?? ((error) => this.#logger.error(error))
    const failed = (error: unknown) => this.#logger.error(error)
    this.events = new EventBus(failed)
    this.#subscribers = new Subscribers(failed)
    this.permissions = gate(() => this.#declared(), options.permissions ?? (() => true), failed)
    const changed = () => this.#reconciler.changed(false)
    this.settings = new Settings(this.#storage, changed, (plugin, error) =>
      this.report(new PluginError(plugin, 'settings', error)),
    )
    const conditions = new Conditions(expression, changed, (plugin, error) =>
      this.report(new PluginError(plugin, 'condition', error)),
    )
    this.#contributions = new Contributions(conditions, (plugin) => this.use(plugin))
    this.#host = this.#hostOf({
      load: 30_000,
      initialize: 10_000,
      activate: 10_000,
      deactivate: 15_000,
      ...options.deadlines,
    })
  }

  /** Registers a plugin, and waits until it is in its state. To register the same one again changes nothing. */
  async register(plugin: Plugin): Promise<PluginInfo> {
    const [info] = await this.registerAll([plugin])
    return info as PluginInfo
  }

  /** Registers plugins in any order, all of them or none, and waits until each is in its state. */
  async registerAll(plugins: readonly Plugin[]): Promise<PluginInfo[]> {
    const added = new Map<string, Instance>()
    const instances = plugins.map((plugin) => {
      const instance = new Instance(plugin, composed(plugin), this.#host)
      const known = this.#reconciler.instances.get(instance.name) ?? added.get(instance.name)
      if (known && !isSame(known, instance))
        throw new Error(
          `There is a plugin "${instance.name}" already: use replace() to put another in its place.`,
        )
      if (!known) added.set(instance.name, instance)
      return known ?? instance
    })
    for (const instance of added.values()) this.#add(instance)
    if (added.size) this.#reconciler.settle()
    return Promise.all(instances.map((instance) => this.#inItsState(instance)))
  }

  /** Switches a plugin off and takes it out, with its contributions. Returns whether it was there. */
  async unregister(name: string): Promise<boolean> {
    return (await this.#remove(name)) !== undefined
  }

  /** Takes a plugin out for good: its `uninstall` is called, and what it has stored is cleared. */
  async uninstall(name: string): Promise<void> {
    const instance = this.#find(name)
    await this.#remove(name)
    await instance.call('uninstall', async () => {
      const { uninstall } = await instance.load()
      await uninstall?.(this.#host.context(instance, new AbortController().signal))
    })
    await clearStorage(this.#storage, name)
    await this.settings.clear(name)
  }

  /** Puts a plugin in the place of the one with its name: in place where only data has changed, else it starts anew. */
  async replace(plugin: Plugin): Promise<PluginInfo> {
    const next = composed(plugin)
    const instance = this.#find(next.name)
    if (instance.source !== plugin) {
      const restarts = !hasSameCode(instance, new Instance(plugin, next, this.#host))
      if (restarts) this.#reconciler.halt(instance, 'reset')
      instance.source = plugin
      instance.plugin = next
      if (restarts) {
        instance.renew()
        this.services.withdraw(next.name)
      }
      this.#prepare(instance)
      this.#reconciler.settle()
    }
    return this.#inItsState(instance)
  }

  /** Switches a plugin on, or tries again one that has failed, and waits until it is in its state. */
  async enable(name: string): Promise<PluginInfo> {
    const instance = this.#find(name)
    if (instance.state === 'error' || instance.startup) instance.wanted = true
    instance.to('enable')
    this.#reconciler.settle()
    return this.#inItsState(instance)
  }

  /** Switches a plugin off, after those that depend on it, and waits until it is off. */
  async disable(name: string): Promise<PluginInfo> {
    const instance = this.#find(name)
    const stopped =
      instance.state === 'disabled' ? instance.stopped : this.#reconciler.halt(instance, 'disable')
    this.#reconciler.settle()
    await stopped
    return infoOf(instance)
  }

  /** Something of a plugin is used: its code is loaded and it is switched on, once for all who ask. */
  async use(name: string): Promise<void> {
    const instance = this.#find(name)
    do {
      if (instance.state === 'registered' || instance.retried) this.#reconciler.start(instance)
      await instance.done
    } while (this.#isHere(instance) && (instance.state === 'registered' || instance.state === 'initializing'))
    if (this.#isHere(instance) && instance.state === 'active') return
    throw (
      instance.error ??
      new Error(
        `${name} is ${this.#isHere(instance) ? instance.state : 'gone'}: ${instance.reason ?? 'it cannot be used'}.`,
      )
    )
  }

  /** Switches all plugins off in reverse order, and takes them out. */
  async shutdown(): Promise<void> {
    const names = this.#reconciler.sorted().map(({ name }) => name)
    await Promise.all(names.reverse().map((name) => this.#remove(name)))
  }

  get(name: string): PluginInfo | undefined {
    return this.list().find((info) => info.name === name)
  }

  list(): readonly PluginInfo[] {
    return this.#snapshots.take('list', EVERYWHERE, () =>
      [...this.#reconciler.instances.values()].map(infoOf),
    )
  }

  getStatus(name: string): PluginStatus | undefined {
    return this.get(name)
  }

  /** The menu: groups and their items. The same object until something that it shows has changed. */
  getMenu(context = this.#context): readonly MenuNode[] {
    return this.#snapshots.take('menu', context, () => this.#contributions.menu(this.#offered(), context))
  }

  /** The routes of all plugins. Their components start their plugin when they are loaded. */
  getRoutes(context = this.#context): readonly RouteNode[] {
    return this.#snapshots.take('routes', context, () => this.#contributions.routes(this.#offered(), context))
  }

  /** The routes of plugins that are not there now: they are blocked, disabled, have failed, or are being started. */
  getUnavailableRoutes(context = this.#context): readonly RouteNode[] {
    return this.#snapshots.take('unavailable routes', context, () =>
      this.#contributions.routes(this.#unavailable(), context),
    )
  }

  /** What fills an extension point, the lighter first. */
  getExtensions(point: string, context = this.#context): readonly ExtensionNode[] {
    return this.#snapshots.take(`extensions ${point}`, context, () =>
      this.#contributions.extensions(this.#offered(), point, context),
    )
  }

  getExtensionPoints(): readonly ExtensionPointNode[] {
    return this.#snapshots.take('points', EVERYWHERE, () =>
      this.#contributions.extensionPoints(this.#offered()),
    )
  }

  getProviders(): readonly ProviderNode[] {
    return this.#snapshots.take('providers', EVERYWHERE, () => this.#contributions.providers(this.#offered()))
  }

  /** The services that a plugin may use: its own, the shell's, and those of what it depends on. */
  servicesOf(name: string): PluginServices {
    return this.#servicesOf(this.#find(name))
  }

  /** What conditions are asked about where nothing else is given. */
  get context(): ConditionContext {
    return this.#context
  }

  /** What conditions are asked about from now on. */
  setContext(context: ConditionContext): void {
    this.#context = context
    this.#settled()
  }

  /** Calls `listener` after every change, until the function that it returns is called. */
  subscribe(listener: () => void): () => void {
    return this.#subscribers.add(listener)
  }

  #find(name: string): Instance {
    const instance = this.#reconciler.instances.get(name)
    if (instance) return instance
    throw new Error(`There is no plugin "${name}".`)
  }

  #isHere(instance: Instance): boolean {
    return this.#reconciler.instances.get(instance.name) === instance
  }

  #add(instance: Instance): void {
    const { name } = instance
    instance.stopped = this.#leaving.get(name) ?? instance.stopped
    this.#reconciler.instances.set(name, instance)
    this.#prepare(instance)
  }

  #prepare(instance: Instance): void {
    const schema = instance.plugin.settings as Readonly<Record<string, Setting>> | undefined
    instance.ready = this.settings.declare(instance.name, schema)
    this.#reconciler.reorder()
  }

  async #remove(name: string): Promise<Instance | undefined> {
    const instance = this.#reconciler.instances.get(name)
    if (!instance) return undefined
    const stopped = this.#reconciler.halt(instance, 'disable')
    this.#reconciler.instances.delete(name)
    this.#reconciler.reorder()
    this.services.withdraw(name)
    this.#leaving.set(name, stopped)
    this.#reconciler.settle()
    await stopped
    if (this.#leaving.get(name) === stopped) this.#leaving.delete(name)
    if (!this.#reconciler.instances.has(name)) {
      this.settings.forget(name)
      this.#reconciler.changed(false)
    }
    return instance
  }

  async #inItsState(instance: Instance): Promise<PluginInfo> {
    await instance.ready
    while (this.#isHere(instance) && instance.state === 'initializing') await instance.done
    return infoOf(instance)
  }

  #offered() {
    return this.#reconciler.sorted().flatMap(({ offered, plugin }) => (offered ? plugin : []))
  }

  #unavailable() {
    return this.#reconciler.sorted().flatMap(({ offered, plugin }) => (offered ? [] : plugin))
  }

  #declared() {
    return [...this.#reconciler.instances.values()].flatMap(({ plugin }) => plugin.permissions ?? [])
  }

  /** Every plugin is in its state: its services are there exactly while it is, and whoever listens hears of it. */
  #settled(): void {
    for (const instance of this.#reconciler.instances.values()) this.#provide(instance)
    this.#snapshots.expire()
    this.#subscribers.call()
  }

  #provide(instance: Instance): void {
    const { name, plugin, offered } = instance
    if (!offered && instance.state !== 'initializing') this.services.withdraw(name)
    else
      for (const service of Object.keys(plugin.services ?? {}))
        if (this.services.ownerOf(service) === undefined) this.#provideService(instance, service)
  }

  #provideService(instance: Instance, service: string): void {
    const load = async () => {
      if (!instance.factories) await this.use(instance.name)
      return instance.factories?.get(service) as ServiceFactory
    }
    this.services.provideLazily(service, load, instance.name)
    const loaded = instance.factories?.get(service)
    if (loaded) this.services.ready(service, loaded)
  }

  /** Tells the shell of a failure of a plugin's own code. */
  report(error: PluginError): void {
    try {
      this.#onError(error)
    } catch (failure) {
      this.#logger.error(failure)
    }
  }

  #hostOf(deadlines: Deadlines): Host {
    const { instances } = this.#reconciler
    return {
      deadlines,
      context: (instance, signal) => this.#contextOf(instance, signal),
      needs: ({ plugin }) =>
        needs(plugin, (name) => instances.has(name)).map((name) => ({
          instance: instances.get(name) as Instance,
          required: Object.hasOwn(plugin.dependencies ?? {}, name),
        })),
      provide: (instance) => {
        for (const [name, factory] of instance.factories ?? [])
          if (this.services.ownerOf(name) === instance.name) this.services.ready(name, factory)
      },
      changed: (atOnce) => this.#reconciler.changed(atOnce),
      report: (error) => this.report(error),
    }
  }

  #servicesOf({ name, plugin }: Instance): PluginServices {
    const reached = { ...plugin.dependencies, ...plugin.optionalDependencies }
    return servicesInReach(
      this.services,
      name,
      (owner) => owner === name || owner === 'the shell' || Object.hasOwn(reached, owner),
    )
  }

  #contextOf(instance: Instance, signal: AbortSignal): PluginContext {
    const { name } = instance
    const { settings } = this
    return {
      storage: pluginStorage(this.#storage, name, this.#quota),
      events: pluginEvents(this.events, name, signal, (error) =>
        this.report(new PluginError(name, 'event', error)),
      ),
      services: this.#servicesOf(instance),
      get settings() {
        return settings.get(name)
      },
      permissions: this.permissions,
      signal,
      logger: pluginLogger(this.#logger, name),
    }
  }
}

function isSame(known: Instance, { source, plugin }: Instance): boolean {
  return known.source === source || (plugin.version !== undefined && known.plugin.version === plugin.version)
}

/** Whether one of two plugins can go on where the other is: nothing that runs is another. */
function hasSameCode(old: Instance, { plugin }: Instance): boolean {
  const [before, after] = [old.plugin.services ?? {}, plugin.services ?? {}]
  const names = Object.keys({ ...before, ...after })
  return (
    old.state !== 'error' &&
    old.plugin.load === plugin.load &&
    old.plugin.activation === plugin.activation &&
    names.every((name) => before[name] === after[name])
  )
}
