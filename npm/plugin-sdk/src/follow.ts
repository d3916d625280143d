import type { Plugin } from './composed.js'
import { PluginError } from './plugin-error.js'
import type { PluginRegistry } from './registry.js'
import { composed } from './written.js'

/** A list of plugins that changes while the shell runs: `{ get: () => plugins, subscribe }`. */
export interface PluginSource {
  get(): readonly Plugin[]
  /** Calls `listener` after every change, until the function that it returns is called. */
  subscribe(listener: () => void): () => void
}

/**
 * Keeps a registry in step with a list of plugins: registers those that appear, unregisters those that go, replaces those
 * that are another object than before. Plugins that were registered otherwise are left alone. One that cannot be registered
 * is reported, and the others are.
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
    const work: Promise<unknown>[] = [...known.keys()].flatMap((name) =>
      next.has(name) ? [] : registry.unregister(name),
    )
    const added: Plugin[] = []
    for (const [name, plugin] of next) {
      const before = known.get(name)
      if (before === plugin) continue
      if (!before && !registry.get(name) && isPlugin(plugin)) added.push(plugin)
      else
        work.push(
          (before ? registry.replace(plugin) : registry.register(plugin)).catch((error) =>
            registry.report(new PluginError(name, 'register', error)),
          ),
        )
    }
    work.push(registry.registerAll(added))
    known = next
    last = Promise.all([last, ...work])
  }
  update()
  return { ready: () => last, stop: subscribe(update) }
}

/** Whether it can be registered. Those that can are registered together, and one that cannot is not to keep them out. */
function isPlugin(plugin: Plugin): boolean {
  try {
    return Boolean(composed(plugin))
  } catch {
    return false
  }
}
