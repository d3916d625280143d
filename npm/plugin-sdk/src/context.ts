/** What the lifecycle functions of a plugin receive. Each plugin has a context of its own. */
export interface PluginContext {
  /** Values that outlive a visit, kept apart from those of every other plugin. */
  readonly storage: PluginStorage
  /** Events in the plugin's own namespace: `saved` is heard outside as `plugin:<name>:saved`. */
  readonly events: PluginEvents
  /** Services of this plugin and of the plugins it depends on. */
  readonly services: PluginServices
  /** The current value of each of the plugin's settings, by the name the plugin gave it. */
  readonly settings: Readonly<Record<string, string | number | boolean>>
  /** What the current user may do. */
  readonly permissions: PluginPermissions
  /** Aborted as soon as the plugin is disabled; to be given to `fetch` and to listeners. */
  readonly signal: AbortSignal
  /** A console whose lines carry the plugin's name. */
  readonly logger: PluginLogger
}

/** Persisted values of one plugin. A value is anything that JSON can hold. */
export interface PluginStorage {
  /** The value under a key, or `undefined` where there is none. */
  get(key: string): Promise<unknown>
  /** Stores a value under a key, in place of what was there. */
  set(key: string, value: unknown): Promise<void>
  /** Removes a key. Removing one that is absent is not an error. */
  delete(key: string): Promise<void>
}

/** Events of one plugin. */
export interface PluginEvents {
  /** Tells every listener of `event`, with an optional payload. */
  emit(event: string, payload?: unknown): void
  /** Listens to `event`. Returns a function that stops listening. */
  on(event: string, listener: (payload: unknown) => void): () => void
}

/** Services by name. */
export interface PluginServices {
  /**
   * The service of that name, made on first use. Throws where no plugin in reach provides it, and where it is not ready:
   * the code of its plugin is not loaded yet, or its factory answers by a promise.
   */
  get(name: string): unknown
  /** The service of that name, once the code of its plugin is loaded and the service is made. */
  load(name: string): Promise<unknown>
}

/** The permissions of the current user. */
export interface PluginPermissions {
  /** Whether the user may do `action` on `resource`, as declared in a plugin's `permissions`. */
  can(resource: string, action: string): boolean
  /** Throws `Permission denied: <resource>:<action>` where the user may not. */
  require(resource: string, action: string): void
}

/** Lines of a log, by severity. */
export interface PluginLogger {
  debug(...values: unknown[]): void
  info(...values: unknown[]): void
  warn(...values: unknown[]): void
  error(...values: unknown[]): void
}
