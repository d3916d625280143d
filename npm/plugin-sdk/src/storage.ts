import type { PluginStorage } from './context.js'

/** Where the values of plugins are kept: texts by key. A driver may answer at once or by a promise. */
export interface StorageDriver {
  get(key: string): string | undefined | Promise<string | undefined>
  set(key: string, text: string): unknown
  delete(key: string): unknown
  /** The keys that begin with `prefix`. */
  keys(prefix: string): readonly string[] | Promise<readonly string[]>
}

/** Keeps values until the page is left. */
export function memoryStorage(): StorageDriver {
  const texts = new Map<string, string>()
  return {
    get: (key) => texts.get(key),
    set: (key, text) => void texts.set(key, text),
    delete: (key) => void texts.delete(key),
    keys: (prefix) => [...texts.keys()].filter((key) => key.startsWith(prefix)),
  }
}

/** The part of Web Storage that is used: `localStorage` or `sessionStorage`. */
export type WebStorage = {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, text: string): void
  removeItem(key: string): void
}

/** Keeps values in Web Storage: `webStorage(localStorage)`. */
export function webStorage(area: WebStorage): StorageDriver {
  return {
    get: (key) => area.getItem(key) ?? undefined,
    set: (key, text) => area.setItem(key, text),
    delete: (key) => area.removeItem(key),
    keys: (prefix) =>
      Array.from({ length: area.length }, (_, index) => area.key(index) ?? '').filter((key) =>
        key.startsWith(prefix),
      ),
  }
}

/** A value that cannot be stored: there is no room, or JSON cannot hold it. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}

/** The keys of one plugin begin so. No name of a plugin is the beginning of another one's keys. */
function prefixOf(plugin: string): string {
  return `framework-m:storage:${encodeURIComponent(plugin)}:`
}

/**
 * The storage of one plugin, apart from those of all others.
 *
 * @param quota How many characters (UTF-16 code units) the plugin's keys and JSON texts may have together.
 */
export function pluginStorage(driver: StorageDriver, plugin: string, quota: number): PluginStorage {
  const prefix = prefixOf(plugin)
  let last: Promise<unknown> = Promise.resolve()
  /** One after another: two values that are stored at once must not both believe that there is room. */
  const next = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
  const used = async (except: string) => {
    let size = 0
    for (const key of await driver.keys(prefix))
      if (key !== except) size += key.length - prefix.length + ((await driver.get(key)) ?? '').length
    return size
  }
  return {
    get: (key) =>
      next(async () => {
        const text = await driver.get(prefix + key)
        try {
          return text === undefined ? undefined : JSON.parse(text)
        } catch (cause) {
          throw new StorageError(`What ${plugin} has stored as "${key}" is not JSON any more.`, { cause })
        }
      }),
    set: (key, value) =>
      next(async () => {
        const text = asJson(plugin, key, value)
        const size = (await used(prefix + key)) + key.length + text.length
        if (size > quota)
          throw new StorageError(
            `${plugin} has room for ${quota} characters, and with "${key}" it would need ${size}.`,
          )
        try {
          await driver.set(prefix + key, text)
        } catch (cause) {
          throw new StorageError(`"${key}" of ${plugin} could not be stored.`, { cause })
        }
      }),
    delete: (key) => next(async () => void (await driver.delete(prefix + key))),
  }
}

function asJson(plugin: string, key: string, value: unknown): string {
  let text: string | undefined
  let cause: unknown
  try {
    text = JSON.stringify(value)
  } catch (error) {
    cause = error
  }
  if (text === undefined)
    throw new StorageError(`"${key}" of ${plugin} is nothing that JSON can hold.`, { cause })
  return text
}

/** Removes everything that a plugin has stored. */
export async function clearStorage(driver: StorageDriver, plugin: string): Promise<void> {
  for (const key of await driver.keys(prefixOf(plugin))) await driver.delete(key)
}
