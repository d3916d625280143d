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
  let known = new Map<string | undefined, Plugin>()
  let last: Promise<unknown> = Promise.resolve()
  const update = () => {
    const before = known
    const plugins = get()
    known = new Map(plugins.map((plugin) => [plugin.name, plugin]))
    const gone = [...before.keys()].filter((name) => !known.has(name))
    const changed = plugins.filter((plugin) => before.has(plugin.name) && before.get(plugin.name) !== plugin)
    const added = plugins.filter(({ name }) => !before.has(name))
    last = Promise.all([
      last.catch(() => {}),
      ...gone.map((name) => registry.unregister(name as string)),
      ...changed.map((plugin) => registry.replace(plugin)),
      registry.registerAll(added),
    ])
    last.catch(() => {}) // Whoever waits by `ready` hears of it.
  }
  update()
  return { ready: () => last, stop: subscribe(update) }
}
