import type { ComposedPlugin } from './composed.js'

type Ordered = { readonly name: string; readonly plugin: ComposedPlugin }

/** Those that a plugin waits for: what it depends on, and of its optional dependencies those that are there. */
export function needs<Each extends Ordered>(
  { plugin: { dependencies, optionalDependencies } }: Each,
  all: ReadonlyMap<string, Each>,
): Each[] {
  return Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) => all.get(name) ?? [])
}

/** Plugins, each after those that it waits for, and the circles that some of them stand in. */
export interface Order<Each> {
  readonly sorted: readonly Each[]
  /** Of each member of a circle, the whole of it: `a → b → a`. */
  readonly cycles: ReadonlyMap<Each, string>
}

/**
 * Puts plugins in their order, depth first; where none is due by dependency they keep the order that they have. It goes
 * as deep as the longest chain of dependencies.
 */
export function order<Each extends Ordered>(all: ReadonlyMap<string, Each>): Order<Each> {
  const done = new Set<Each>()
  const path = new Set<Each>()
  const cycles = new Map<Each, string>()
  const visit = (each: Each) => {
    if (path.has(each)) {
      const cycle = [...path].slice([...path].indexOf(each))
      const drawn = [...cycle, each].map(({ name }) => name).join(' → ')
      for (const member of cycle) cycles.set(member, cycles.get(member) ?? drawn)
    } else if (!done.has(each)) {
      path.add(each)
      for (const needed of needs(each, all)) visit(needed)
      path.delete(each)
      done.add(each)
    }
  }
  for (const each of all.values()) visit(each)
  return { sorted: [...done], cycles }
}
