import { messageOf } from './plugin-error.js'
import type { Setting } from './setting.js'
import { shared } from './shared.js'
import { prefixOf, type StorageDriver } from './storage.js'

export type SettingValue = string | number | boolean
export type SettingValues = Readonly<Record<string, SettingValue>>
type Schema = Readonly<Record<string, Setting>>

const NONE: SettingValues = Object.freeze({})

/**
 * The settings of plugins: their declarations, and the values that somebody has chosen. Each is kept under a key of its own,
 * so that two tabs that choose at once do not undo each other's choices.
 */
export class Settings {
  readonly #declared = new Map<string, { readonly schema: Schema; readonly values: SettingValues }>()
  /** What is kept, by key: `undefined` where nothing is. */
  readonly #chosen = new Map<string, unknown>()
  #unwatch: (() => void) | undefined

  constructor(
    readonly driver: StorageDriver,
    readonly changed: () => void,
    readonly report: (plugin: string, error: unknown) => void,
  ) {}

  /** What the settings of a plugin are from now on. Ends when the values that were chosen are read. */
  declare(plugin: string, schema?: Schema): Promise<void> {
    try {
      this.#unwatch ??= this.driver.watch?.((key) => this.#changedElsewhere(key))
    } catch (error) {
      this.#unwatch = () => {}
      this.report(plugin, error)
    }
    this.#update(plugin, schema ?? {})
    return this.#read(plugin, (key) => !this.#chosen.has(key))
  }

  forget(plugin: string): void {
    for (const name of Object.keys(this.schema(plugin))) this.#chosen.delete(keyOf(plugin, name))
    this.#declared.delete(plugin)
    if (this.#declared.size) return
    this.#unwatch?.()
    this.#unwatch = undefined
  }

  /** The declarations of a plugin's settings, by name. */
  schema(plugin: string): Schema {
    return this.#declared.get(plugin)?.schema ?? {}
  }

  /** The values of a plugin's settings: the same object until one of them has changed. */
  get(plugin: string): SettingValues {
    return this.#declared.get(plugin)?.values ?? NONE
  }

  /** Chooses a value, or with `undefined` the default again. Throws where the setting does not allow it. */
  async set(plugin: string, name: string, value: SettingValue | undefined): Promise<void> {
    const schema = this.schema(plugin)
    const setting = Object.hasOwn(schema, name) && schema[name]
    if (!setting) throw new TypeError(`${plugin} has no setting "${name}".`)
    if (value !== undefined && !allows(setting, value))
      throw new TypeError(
        `The setting "${name}" of ${plugin} is a ${setting.type}, and cannot be ${shown(value)}.`,
      )
    const key = keyOf(plugin, name)
    this.#chosen.set(key, value)
    this.#update(plugin)
    this.changed()
    await (value === undefined ? this.driver.delete(key) : this.driver.set(key, JSON.stringify(value)))
  }

  /** Reads the values that were chosen for a plugin, as far as they are due. */
  async #read(plugin: string, isDue: (key: string) => boolean): Promise<void> {
    const keys = Object.keys(this.schema(plugin)).map((name) => keyOf(plugin, name))
    const read = async (key: string) => {
      const before = this.#chosen.get(key)
      try {
        const text = await this.driver.get(key)
        // Somebody may have chosen while it was read.
        if (this.#chosen.get(key) === before) this.#chosen.set(key, text && JSON.parse(text))
      } catch (error) {
        this.report(plugin, error)
      }
    }
    await Promise.all(keys.filter(isDue).map(read))
    if (this.#declared.has(plugin)) this.#update(plugin)
  }

  #changedElsewhere(changed: string | undefined): void {
    for (const plugin of this.#declared.keys())
      if (changed === undefined || changed.startsWith(prefixOf('settings', plugin)))
        void this.#read(plugin, (key) => changed === undefined || changed === key).then(this.changed)
  }

  #update(plugin: string, schema = this.schema(plugin)): void {
    const values: Record<string, SettingValue> = {}
    for (const [name, setting] of Object.entries(schema)) {
      const chosen = this.#chosen.get(keyOf(plugin, name))
      // A value that was chosen when the setting was another one is not allowed any more.
      const value = [chosen, setting.default].find((each) => allows(setting, each))
      if (value !== undefined) values[name] = value
    }
    this.#declared.set(plugin, { schema, values: Object.freeze(shared(this.get(plugin), values)) })
  }
}

function keyOf(plugin: string, name: string): string {
  return prefixOf('settings', plugin) + name
}

/** A value as it is written, as far as that is possible: of a wrong one nothing is known. */
function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : messageOf(value)
}

function allows({ type }: Setting, value: unknown): value is SettingValue {
  return typeof value === type && !(type === 'number' && !Number.isFinite(value))
}
