import type { Plugin } from './composed.js'
import type { PluginRegistry } from './registry.js'

/** A list of plugins that changes while the shell runs: `{ get: () => plugins, subscribe }`. */
export interface PluginSource {
  get(): readonly Plugin[]
  /** Calls `listener` after every change, until the function that it returns is called. */
  subscribe(listener: () => void): () => void
}

/**
 * Keeps a registry in step with a list of plugins: registers those that appear, unregisters those that go, replaces those
 * that are another object than before. Plugins that were registered otherwise are left alone.
 *
 * @returns `ready`, which ends when what is on the list now is in its state, and `stop`.
 */
export function follow(
  registry: PluginRegistry,
  { get, subscribe }: PluginSource,
): { readonly ready: () => Promise<unknown>; readonly stop: () => void } {
  let known = new Map<string, Plugin>()
  let last: Promise<unknown> = Promise.resolve()
  const update = () => {
    const next = new Map(get().map((plugin) => [plugin.name as string, plugin]))
    const gone = [...known.keys()].filter((name) => !next.has(name))
    const changed = [...next].filter(([name, plugin]) => known.has(name) && known.get(name) !== plugin)
    const added = [...next].filter(([name]) => !known.has(name))
    known = next
    const work = [
      ...gone.map((name) => registry.unregister(name)),
      ...changed.map(([, plugin]) => registry.replace(plugin)),
      registry.registerAll(added.map(([, plugin]) => plugin)),
    ]
    last = Promise.all([last.catch(() => {}), ...work])
    last.catch(() => {}) // Whoever waits by `ready` hears of it.
  }
  update()
  const stop = subscribe(update)
  return { ready: () => last, stop }
}
