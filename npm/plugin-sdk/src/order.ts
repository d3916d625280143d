import type { ComposedPlugin } from './composed.js'

/** The plugins that one waits for: what it depends on, and of its optional dependencies those that are there. */
export function needs(
  { dependencies, optionalDependencies }: ComposedPlugin,
  plugins: ReadonlyMap<string, unknown>,
): string[] {
  return Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => plugins.has(name))
}

/** Plugins, each after those that it waits for, and the circles that some of them stand in. */
export interface Order {
  readonly names: ReadonlySet<string>
  /** Of each member of a circle, the whole of it: `a → b → a`. */
  readonly cycles: ReadonlyMap<string, string>
}

/**
 * Puts plugins in their order, depth first; where none is due by dependency they keep the order that they have. It goes
 * as deep as the longest chain of dependencies.
 */
export function order(plugins: ReadonlyMap<string, { readonly plugin: ComposedPlugin }>): Order {
  const names = new Set<string>()
  const cycles = new Map<string, string>()
  const path = new Set<string>()
  const visit = (plugin: ComposedPlugin) => {
    const { name } = plugin
    if (path.has(name)) {
      const cycle = [...path].slice([...path].indexOf(name))
      for (const member of cycle) cycles.set(member, cycles.get(member) ?? [...cycle, name].join(' → '))
    } else if (!names.has(name)) {
      path.add(name)
      for (const other of needs(plugin, plugins))
        visit((plugins.get(other) as { plugin: ComposedPlugin }).plugin)
      path.delete(name)
      names.add(name)
    }
  }
  for (const { plugin } of plugins.values()) visit(plugin)
  return { names, cycles }
}
