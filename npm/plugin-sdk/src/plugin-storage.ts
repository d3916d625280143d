import type { PluginStorage } from './context.js'
import { prefixOf, type StorageDriver } from './storage.js'
import { StorageError } from './storage-error.js'

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
