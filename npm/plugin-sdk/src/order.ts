import type { ComposedPlugin } from './composed.js'

/** The plugins that one waits for: what it depends on, and of its optional dependencies those that are there. */
export function needs(plugin: ComposedPlugin, has: (name: string) => boolean): string[] {
  return Object.keys({ ...plugin.dependencies, ...plugin.optionalDependencies }).filter(has)
}

/** Plugins, each after those that it waits for, and the circles that some of them stand in. */
export interface Order {
  readonly names: readonly string[]
  /** Of each member of a circle, the whole of it: `a → b → a`. */
  readonly cycles: ReadonlyMap<string, string>
}

/** Puts plugins in their order (Kahn's algorithm); where none is due by dependency they keep the order that they have. */
export function order(plugins: ReadonlyMap<string, ComposedPlugin>): Order {
  const cycles = new Map<string, string>()
  const waits = new Map<string, Set<string>>()
  for (const [name, plugin] of plugins) waits.set(name, new Set(needs(plugin, (other) => plugins.has(other))))
  const names = sort(waits)
  while (names.length < waits.size) {
    const cycle = findCycle(waits, new Set(names))
    const path = [...cycle, cycle[0]].join(' → ')
    for (const name of cycle) {
      cycles.set(name, path)
      waits.set(name, new Set()) // Its members are blocked, and whoever waits for them is not in the circle.
    }
    names.splice(0, names.length, ...sort(waits))
  }
  return { names, cycles }
}

function sort(waits: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const left = new Map([...waits].map(([name, needed]) => [name, needed.size]))
  const dependents = new Map<string, string[]>()
  for (const [name, needed] of waits)
    for (const other of needed) dependents.set(other, [...(dependents.get(other) ?? []), name])
  const sorted: string[] = []
  const put = (start: string) => {
    const ready = [start]
    for (let name = ready.shift(); name !== undefined; name = ready.shift()) {
      sorted.push(name)
      for (const dependent of dependents.get(name) ?? []) {
        const count = (left.get(dependent) ?? 0) - 1
        left.set(dependent, count)
        if (count === 0) ready.push(dependent)
      }
    }
  }
  for (const [name, needed] of waits) if (!needed.size) put(name)
  return sorted
}

/** Follows what waits for each other until a name comes again. */
function findCycle(waits: ReadonlyMap<string, ReadonlySet<string>>, sorted: ReadonlySet<string>): string[] {
  const path: string[] = []
  let name = [...waits.keys()].find((other) => !sorted.has(other)) as string
  while (!path.includes(name)) {
    path.push(name)
    name = [...(waits.get(name) ?? [])].find((other) => !sorted.has(other)) as string
  }
  return path.slice(path.indexOf(name))
}
