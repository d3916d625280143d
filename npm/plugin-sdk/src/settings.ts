import type { Setting } from './setting.js'
import { shared } from './shared.js'
import type { StorageDriver } from './storage.js'

export type SettingValue = string | number | boolean
export type SettingValues = Readonly<Record<string, SettingValue>>
type Schema = Readonly<Record<string, Setting>>

const NONE: SettingValues = Object.freeze({})

/** The settings of plugins: their declarations, and the values that somebody has chosen, which are kept. */
export class Settings {
  readonly #schemas = new Map<string, Schema>()
  readonly #chosen = new Map<string, SettingValues>()
  readonly #values = new Map<string, SettingValues>()

  constructor(
    readonly driver: StorageDriver,
    readonly changed: () => void,
    readonly report: (plugin: string, error: unknown) => void,
  ) {}

  /** What the settings of a plugin are from now on. Its chosen values are read once. */
  async declare(plugin: string, schema: Schema = {}): Promise<void> {
    this.#schemas.set(plugin, schema)
    this.#update(plugin)
    if (this.#chosen.has(plugin) || !Object.keys(schema).length) return
    try {
      const text = await this.driver.get(keyOf(plugin))
      // Somebody may have chosen while they were read.
      if (text && !this.#chosen.has(plugin)) this.#chosen.set(plugin, JSON.parse(text) ?? {})
    } catch (error) {
      this.report(plugin, error)
    }
    this.#update(plugin)
  }

  forget(plugin: string): void {
    for (const known of [this.#schemas, this.#chosen, this.#values]) known.delete(plugin)
  }

  /** The declarations of a plugin's settings, by name. */
  schema(plugin: string): Schema {
    return this.#schemas.get(plugin) ?? {}
  }

  /** The values of a plugin's settings: the same object until one of them has changed. */
  get(plugin: string): SettingValues {
    return this.#values.get(plugin) ?? NONE
  }

  /** Chooses a value, or with `undefined` the default again. Throws where the setting does not allow it. */
  async set(plugin: string, name: string, value: SettingValue | undefined): Promise<void> {
    const setting = this.schema(plugin)[name]
    if (!setting || !Object.hasOwn(this.schema(plugin), name))
      throw new TypeError(`${plugin} has no setting "${name}".`)
    if (value !== undefined && !allows(setting, value))
      throw new TypeError(
        `The setting "${name}" of ${plugin} is a ${setting.type}, and cannot be ${JSON.stringify(value)}.`,
      )
    const { [name]: _, ...others } = this.#chosen.get(plugin) ?? {}
    this.#chosen.set(plugin, value === undefined ? others : { ...others, [name]: value })
    this.#update(plugin)
    this.changed()
    await this.driver.set(keyOf(plugin), JSON.stringify(this.#chosen.get(plugin)))
  }

  /** Removes the values that were chosen. */
  async clear(plugin: string): Promise<void> {
    this.#chosen.delete(plugin)
    await this.driver.delete(keyOf(plugin))
  }

  #update(plugin: string): void {
    const chosen = this.#chosen.get(plugin) ?? {}
    const values: Record<string, SettingValue> = {}
    for (const [name, setting] of Object.entries(this.schema(plugin))) {
      const value = Object.hasOwn(chosen, name) ? chosen[name] : undefined
      // A value that was chosen when the setting was another one is not allowed any more.
      const valid = value !== undefined && allows(setting, value) ? value : setting.default
      if (valid !== undefined) values[name] = valid
    }
    this.#values.set(plugin, shared(this.#values.get(plugin), Object.freeze(values)))
  }
}

function keyOf(plugin: string): string {
  return `framework-m:settings:${encodeURIComponent(plugin)}`
}

function allows({ type }: Setting, value: unknown): boolean {
  return typeof value === type && !(type === 'number' && !Number.isFinite(value))
}
