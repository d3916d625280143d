import type {
  ComposedPlugin,
  ExtensionNode,
  ExtensionPointNode,
  MenuNode,
  Plugin,
  ProviderNode,
  RouteNode,
} from './composed.js'
import { type ConditionContext, conditions } from './conditions.js'
import type { PluginPermissions } from './context.js'
import { extensions, menu, partsOf, providers, routes, type Shown, starter } from './contributions.js'
import { EventBus } from './events.js'
import { infoOf, type PluginInfo, type PluginStatus } from './info.js'
import { allDeadlines, type Host, Instance } from './instance.js'
import type { PluginRegistryOptions } from './options.js'
import { needs } from './order.js'
import { type Declared, declaredBy, gate } from './permissions.js'
import { PluginError, type PluginPhase, reporter } from './plugin-error.js'
import { offerServices } from './plugin-services.js'
import { type Checks, Reconciler } from './reconciler.js'
import { hasSameCode, isSame } from './same.js'
import { ServiceContainer } from './service-container.js'
import type { Setting } from './setting.js'
import { Settings } from './settings.js'
import { Snapshots } from './snapshots.js'
import { pageStorage } from './storage.js'
import type { ParsedCondition } from './when.js'

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
  /** Tells the shell of a failure of a plugin's own code. */
  readonly report: (error: PluginError) => void

  readonly #host: Host
  readonly #reconciler = new Reconciler(() => this.#settled())
  readonly #snapshots = new Snapshots()
  readonly #changes: EventBus
  readonly #holds: ReturnType<typeof conditions>
  readonly #started = starter((plugin) => this.use(plugin))
  /** How the last plugin of a name has ended, or will: another one does not start before. */
  readonly #ends = new Map<string, Promise<unknown> | undefined>()
  #loading: Promise<void> | undefined
  #checkOverrides: ReturnType<Checks['overrideCheck']> | undefined
  /** The plugins that are shown, in their order. */
  #shown: readonly ComposedPlugin[] = []
  #context: ConditionContext

  constructor({
    app,
    context = {},
    deadlines,
    storage = pageStorage(),
    quota = 1_000_000,
    permissions = () => true,
    logger = console,
    onError = (error) => logger.error(error),
  }: PluginRegistryOptions = {}) {
    const failed = (error: unknown) => logger.error(error)
    const changed = (further?: Instance) => this.#reconciler.changed(further)
    this.app = app
    this.#context = context
    this.report = reporter(onError, logger)
    this.events = new EventBus(failed)
    this.#changes = new EventBus(failed)
    this.settings = new Settings(storage, changed, this.#failed('settings'))
    this.permissions = gate(() => this.#declared(), permissions, failed)
    this.#holds = conditions((text, plugin) => this.#parsed(text, plugin), changed, this.#failed('condition'))
    const { events, services, settings, permissions: gated, report } = this
    this.#host = {
      ...{ events, services, settings, permissions: gated, report },
      deadlines: allDeadlines(deadlines),
      ...{ storage, quota, logger },
      switchOn: async (instance, attempt) => (await import('./life.js')).switchOn(instance, attempt),
      needs: (instance) => needs(instance, this.#reconciler.instances),
      changed,
      settle: () => this.#reconciler.settle(),
    }
  }

  /** Registers a plugin, and waits until it is in its state. To register the same one again changes nothing. */
  async register(plugin: Plugin): Promise<PluginInfo> {
    const [info] = await this.registerAll([plugin])
    return info as PluginInfo
  }

  /** Registers plugins in any order, all of them or none, and waits until each is in its state. */
  async registerAll(plugins: readonly Plugin[]): Promise<PluginInfo[]> {
    if (!plugins.every(this.#isChecked)) await this.#loadChecks()
    const { instances } = this.#reconciler
    const added = new Map<string, Instance>()
    const all = plugins.map((plugin) => {
      const instance = new Instance(plugin, this.#composed(plugin), this.#host)
      const known = instances.get(instance.name) ?? added.get(instance.name)
      if (known && !isSame(known, instance))
        throw new Error(`There is a plugin "${instance.name}" already: use replace().`)
      if (!known) added.set(instance.name, instance)
      return known ?? instance
    })
    for (const [name, instance] of added) {
      instance.stopped = this.#ends.get(name)
      instances.set(name, instance)
      this.#prepare(instance)
    }
    if (added.size) this.#reconciler.settle()
    // It arrives while the shell is drawn. Whoever needs it hears if it does not.
    void import('./life.js').catch(() => {})
    return Promise.all(all.map((instance) => this.#inItsState(instance)))
  }

  /**
   * Ends when the plugins that were given so far are on the list, whatever their state. Those of the composer are so at
   * once; for others there are checks to be loaded, and without these they are not.
   */
  async listed(): Promise<void> {
    await this.#loading?.catch(() => {}) // Who has registered them hears of it.
  }

  /** Switches a plugin off and takes it out, with its contributions. Returns whether it was there. */
  async unregister(name: string): Promise<boolean> {
    const { instances } = this.#reconciler
    if (!instances.has(name)) await this.listed()
    const instance = instances.get(name)
    if (!instance) return false
    await this.#takeOut([instance])
    return true
  }

  /** Takes a plugin out for good: its `uninstall` is called, and what it has stored is cleared. */
  async uninstall(name: string): Promise<void> {
    const instance = this.#find(name)
    await this.unregister(name)
    const { uninstall } = await import('./life.js')
    await uninstall(instance)
  }

  /** Puts a plugin in the place of the one with its name: in place where only data has changed, else it starts anew. */
  async replace(plugin: Plugin): Promise<PluginInfo> {
    if (!this.#isChecked(plugin)) await this.#loadChecks()
    else if (!this.#reconciler.instances.has(plugin.name as string)) await this.listed()
    const next = this.#composed(plugin)
    const instance = this.#find(next.name)
    if (instance.source !== plugin) {
      const restarts = instance.state === 'error' || !hasSameCode(instance.plugin, next)
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
    if (instance.state !== 'disabled') this.#reconciler.halt(instance, 'disable')
    const { stopped } = instance
    this.#reconciler.settle()
    await stopped
    return infoOf(instance)
  }

  /** Something of a plugin is used: its code is loaded and it is switched on, once for all who ask. */
  async use(name: string): Promise<void> {
    const instance = this.#find(name)
    do {
      if (instance.asleep) this.#reconciler.start(instance)
      await instance.done
    } while (this.#isHere(instance) && (instance.state === 'registered' || instance.state === 'initializing'))
    const state = this.#isHere(instance) ? instance.state : 'gone'
    if (state !== 'active')
      throw instance.error ?? new Error(`${name} is ${state}: ${instance.reason ?? 'it cannot be used'}.`)
  }

  /** Switches all plugins off in reverse order, and takes them out. */
  async shutdown(): Promise<void> {
    await this.#takeOut([...this.#reconciler.sorted()].reverse())
  }

  get(name: string): PluginInfo | undefined {
    const byName = () => new Map(this.list().map((info) => [info.name, info]))
    return this.#snapshots.take('by name', EVERYWHERE, byName).get(name)
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
    return this.#snapshots.take('menu', context, () => menu(this.#shown, this.#isShown(context)))
  }

  /** The routes of all plugins. Their components start their plugin when they are loaded. */
  getRoutes(context = this.#context): readonly RouteNode[] {
    return this.#snapshots.take('routes', context, () =>
      routes(this.#shown, this.#isShown(context), this.#started),
    )
  }

  /** The routes of plugins that are not there now: they are blocked, disabled, have failed, or are being started. */
  getUnavailableRoutes(context = this.#context): readonly RouteNode[] {
    return this.#snapshots.take('unavailable routes', context, () =>
      routes(this.#unavailable(), this.#isShown(context), this.#started),
    )
  }

  /** What fills an extension point, the lighter first. */
  getExtensions(point: string, context = this.#context): readonly ExtensionNode[] {
    return this.#snapshots.take(`extensions ${point}`, context, () =>
      extensions(this.#shown, point, this.#isShown(context), this.#started),
    )
  }

  getExtensionPoints(): readonly ExtensionPointNode[] {
    return this.#snapshots.take('points', EVERYWHERE, () =>
      partsOf(this.#shown, 'extensionPoints').filter(this.#isShown(EVERYWHERE)),
    )
  }

  getProviders(): readonly ProviderNode[] {
    return this.#snapshots.take('providers', EVERYWHERE, () => providers(this.#shown, this.#started))
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

  /** Calls a listener after every change. Returns a function that stops that. */
  subscribe(listener: () => void): () => void {
    return this.#changes.on('', listener)
  }

  readonly #isChecked = (plugin: Plugin) => this.#reconciler.checks !== undefined || 'composed' in plugin

  #loadChecks(): Promise<void> {
    this.#loading ??= import('./checks.js').then(
      (checks) => {
        this.#reconciler.checks = checks
        this.#checkOverrides = checks.overrideCheck(this.#failed('override'))
      },
      (error) => {
        this.#loading = undefined // Whoever registers next tries again.
        throw error
      },
    )
    return this.#loading
  }

  #composed(plugin: Plugin): ComposedPlugin {
    return this.#reconciler.checks?.composed(plugin) ?? (plugin as ComposedPlugin)
  }

  #parsed(text: string, plugin = ''): ParsedCondition {
    const { instances, checks } = this.#reconciler
    const known = instances.get(plugin)?.plugin.conditions
    if (known && Object.hasOwn(known, text)) return known[text] as ParsedCondition
    if (checks) return checks.parseCondition(text)
    throw new SyntaxError(`the composer could not parse the condition: ${text}`)
  }

  #find(name: string): Instance {
    const instance = this.#reconciler.instances.get(name)
    if (instance) return instance
    throw new Error(`There is no plugin "${name}".`)
  }

  #isHere(instance: Instance): boolean {
    return this.#reconciler.instances.get(instance.name) === instance
  }

  /** Switches plugins off, each before those that it depends on, and takes them out together. */
  async #takeOut(gone: readonly Instance[]): Promise<void> {
    const { instances, leaving } = this.#reconciler
    for (const instance of gone) this.#ends.set(instance.name, this.#reconciler.halt(instance, 'disable'))
    for (const instance of gone) {
      leaving.add(instance)
      instances.delete(instance.name)
      this.services.withdraw(instance.name)
    }
    this.#reconciler.reorder()
    this.#reconciler.settle()
    await Promise.all(gone.map(({ stopped }) => stopped))
    for (const instance of gone) {
      leaving.delete(instance)
      if (!instances.has(instance.name)) this.settings.forget(instance.name)
    }
    this.#reconciler.changed()
  }

  #prepare(instance: Instance): void {
    const schema = instance.plugin.settings as Readonly<Record<string, Setting>> | undefined
    instance.ready = this.settings.declare(instance.name, schema)
    this.#reconciler.reorder()
  }

  async #inItsState(instance: Instance): Promise<PluginInfo> {
    await instance.ready
    while (this.#isHere(instance) && instance.state === 'initializing') await instance.done
    return infoOf(instance)
  }

  /** The permissions of the plugins that are there, or about to be. */
  #declared(): Declared {
    return this.#snapshots.take('permissions', EVERYWHERE, () => {
      const there = this.#reconciler.sorted().filter(({ offered, isRunning }) => offered || isRunning)
      const plugins = there.map(({ plugin }) => plugin)
      return declaredBy(partsOf(plugins, 'permissions'))
    })
  }

  #unavailable(): ComposedPlugin[] {
    return this.#reconciler.sorted().flatMap(({ offered, plugin }) => (offered ? [] : plugin))
  }

  #isShown(context: ConditionContext): Shown {
    return (part) => this.#holds(part, context) && !this.#reconciler.isReplaced(part)
  }

  #failed(phase: PluginPhase): (plugin: string, error: unknown) => void {
    return (plugin, error) => this.report(new PluginError(plugin, phase, error))
  }

  /** Every plugin is in its state: its services are there exactly while it is, and whoever listens hears of it. */
  #settled(): void {
    const { instances, isReplaced } = this.#reconciler
    offerServices(this.services, instances, isReplaced, (plugin) => this.use(plugin))
    this.#shown = this.#reconciler.sorted().flatMap(({ offered, plugin }) => (offered ? plugin : []))
    this.#snapshots.expire()
    this.#changes.emit('')
    this.#checkOverrides?.(this.#shown, () => [...instances.values()].map(({ plugin }) => plugin))
  }
}
