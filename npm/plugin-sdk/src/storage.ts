import type { PluginStorage } from './context.js'
import { EventBus } from './events.js'

/** Where the values of plugins are kept: texts by key. A driver may answer at once or by a promise. */
export interface StorageDriver {
  get(key: string): string | undefined | Promise<string | undefined>
  set(key: string, text: string): unknown
  delete(key: string): unknown
  /** The keys that begin with `prefix`. */
  keys(prefix: string): readonly string[] | Promise<readonly string[]>
  /**
   * Calls `listener` with every key that somebody else changes, or with `undefined` for all keys, until the function that it
   * returns is called. A driver without it is one that nobody else writes to.
   */
  watch?(listener: (key: string | undefined) => void): () => void
}

/** Keeps values until the page is left. */
export function memoryStorage(): StorageDriver {
  const texts = new Map<string, string>()
  const changes = new EventBus()
  return {
    get: (key) => texts.get(key),
    set(key, text) {
      texts.set(key, text)
      changes.emit('', key)
    },
    delete(key) {
      texts.delete(key)
      changes.emit('', key)
    },
    keys: (prefix) => [...texts.keys()].filter((key) => key.startsWith(prefix)),
    watch: (listener) => changes.on('', listener as (key: unknown) => void),
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

/**
 * Keeps values in Web Storage: `webStorage(localStorage)`.
 *
 * @param window Where the browser dispatches `storage` events, by which it tells what other tabs have changed.
 */
export function webStorage(
  area: WebStorage,
  window: Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>> = globalThis,
): StorageDriver {
  return {
    get: (key) => area.getItem(key) ?? undefined,
    set: (key, text) => area.setItem(key, text),
    delete: (key) => area.removeItem(key),
    keys: (prefix) =>
      Array.from({ length: area.length }, (_, index) => area.key(index) ?? '').filter((key) =>
        key.startsWith(prefix),
      ),
    watch(listener) {
      const heard = (event: Event) => {
        const { storageArea, key } = event as StorageEvent
        if (storageArea === area) listener(key ?? undefined)
      }
      window.addEventListener?.('storage', heard)
      return () => window.removeEventListener?.('storage', heard)
    },
  }
}

/** A value that cannot be stored: there is no room, or JSON cannot hold it. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}

/** The keys of one plugin begin so. No name of a plugin is the beginning of another one's keys. */
export function prefixOf(kind: 'storage' | 'settings', plugin: string): string {
  return `framework-m:${kind}:${encodeURIComponent(plugin)}:`
}

/**
 * The storage of one plugin, apart from those of all others.
 *
 * @param quota How many characters (UTF-16 code units) the plugin's keys and JSON texts may have together.
 */
export function pluginStorage(driver: StorageDriver, plugin: string, quota: number): PluginStorage {
  const prefix = prefixOf('storage', plugin)
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
        return attempt(`What ${plugin} has stored as "${key}" is not JSON any more.`, () =>
          text === undefined ? text : JSON.parse(text),
        )
      }),
    set: (key, value) =>
      next(async () => {
        const text = await attempt(`"${key}" of ${plugin} is nothing that JSON can hold.`, () =>
          asJson(value),
        )
        const size = (await used(prefix + key)) + key.length + text.length
        if (size > quota)
          throw new StorageError(
            `${plugin} has room for ${quota} characters, and with "${key}" it would need ${size}.`,
          )
        await attempt(`"${key}" of ${plugin} could not be stored.`, () => driver.set(prefix + key, text))
      }),
    delete: (key) => next(async () => void (await driver.delete(prefix + key))),
  }
}

async function attempt<Value>(otherwise: string, work: () => Value): Promise<Awaited<Value>> {
  try {
    return await work()
  } catch (cause) {
    throw new StorageError(otherwise, { cause })
  }
}

function asJson(value: unknown): string {
  const text = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`it is ${typeof value}`)
  return text
}

/** Removes everything that is kept for a plugin: what it has stored, and what was chosen of its settings. */
export async function clearStorage(driver: StorageDriver, plugin: string): Promise<void> {
  for (const kind of ['storage', 'settings'] as const)
    for (const key of await driver.keys(prefixOf(kind, plugin))) await driver.delete(key)
}
