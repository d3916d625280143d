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

/** Keeps values in the page's `localStorage`. Where there is no page, or it is not allowed to keep any, in memory. */
export function pageStorage(): StorageDriver {
  try {
    if (typeof document === 'object' && localStorage) return webStorage(localStorage)
  } catch {
    // A browser that is told to keep nothing throws when it is asked for `localStorage`.
  }
  return memoryStorage()
}

/** The keys of one plugin begin so. No name of a plugin is the beginning of another one's keys. */
export function prefixOf(kind: 'storage' | 'settings', plugin: string): string {
  return `framework-m:${kind}:${encodeURIComponent(plugin)}:`
}
