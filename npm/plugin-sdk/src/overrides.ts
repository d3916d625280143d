import { claimsOf } from './claims.js'
import type { ComposedPlugin } from './composed.js'

/**
 * Makes a function that is given the plugins that are shown, out of all, and reports the overrides by which one replaces
 * nothing: when the plugin is first shown, and never again.
 */
export function overrideCheck(
  report: (plugin: string, error: unknown) => void,
): (shown: readonly ComposedPlugin[], all: () => readonly ComposedPlugin[]) => void {
  const checked = new WeakSet<ComposedPlugin>()
  return (shown, all) => {
    for (const plugin of shown) {
      if (!plugin.overrides || checked.has(plugin)) continue
      checked.add(plugin)
      const own = new Set(claimsOf(plugin).map(({ key }) => key))
      const rivals = all().flatMap((other) => (other === plugin ? [] : claimsOf(other)))
      for (const name of plugin.overrides)
        if (!rivals.some(({ id, key }) => id === name && own.has(key)))
          report(plugin.name, new Error(`"${name}" names nothing that it replaces`))
    }
  }
}
