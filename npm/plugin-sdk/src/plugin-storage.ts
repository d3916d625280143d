import type { PluginStorage } from './context.js'
import { prefixOf, type StorageDriver } from './storage.js'
import { StorageError } from './storage-error.js'

/**
 * The storage of one plugin, apart from those of all others.
 *
 * @param quota How many characters (UTF-16 code units) the plugin's keys and JSON texts may have together.
 * @param isOver Whether the plugin's life has ended, after which it stores and removes nothing.
 */
export function pluginStorage(
  driver: StorageDriver,
  plugin: string,
  quota: number,
  isOver: () => boolean,
): PluginStorage {
  const prefix = prefixOf('storage', plugin)
  let last: Promise<unknown> = Promise.resolve()
  /** One after another: two values that are stored at once must not both believe that there is room. */
  const next = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
  /** What was begun before the end is brought to its end. */
  const write = (key: string, work: () => Promise<void>): Promise<void> =>
    isOver()
      ? Promise.reject(new StorageError(`"${key}" stays as it is: ${plugin} was switched off.`))
      : next(work)
  const used = async (except: string) => {
    let size = 0
    for (const key of await driver.keys(prefix))
      if (key !== except) size += key.length - prefix.length + ((await driver.get(key)) ?? '').length
    return size
  }
  return {
    get: (key) =>
      next(async () => {
        const text = await attempt(`"${key}" of ${plugin} could not be read.`, () => driver.get(prefix + key))
        return attempt(`What ${plugin} has stored as "${key}" is not JSON any more.`, () =>
          text === undefined ? text : JSON.parse(text),
        )
      }),
    set: (key, value) =>
      write(key, async () => {
        const text = await attempt(`"${key}" of ${plugin} is nothing that JSON can hold.`, () =>
          asJson(value),
        )
        const lost = `"${key}" of ${plugin} could not be stored.`
        const size = (await attempt(lost, () => used(prefix + key))) + key.length + text.length
        if (size > quota)
          throw new StorageError(
            `${plugin} has room for ${quota} characters, and with "${key}" it would need ${size}.`,
          )
        await attempt(lost, () => driver.set(prefix + key, text))
      }),
    delete: (key) =>
      write(key, () =>
        attempt(`"${key}" of ${plugin} could not be removed.`, async () => {
          await driver.delete(prefix + key)
        }),
      ),
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
