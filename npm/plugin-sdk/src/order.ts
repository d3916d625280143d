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
  /** Those that wait for each, in the order of `sorted`. */
  readonly dependents: ReadonlyMap<Each, readonly Each[]>
}

/** Puts plugins in their order, depth first; where none is due by dependency they keep the order that they have. */
export function order<Each extends Ordered>(all: ReadonlyMap<string, Each>): Order<Each> {
  const done = new Set<Each>()
  const cycles = new Map<Each, string>()
  const dependents = new Map<Each, Each[]>()
  /** The way down to where we are, each with those that it waits for and that are still to be visited. */
  const path = new Map<Each, Iterator<Each>>()
  const close = (each: Each) => {
    path.delete(each)
    done.add(each)
    for (const needed of needs(each, all)) {
      const known = dependents.get(needed)
      if (known) known.push(each)
      else dependents.set(needed, [each])
    }
  }
  for (const root of all.values()) {
    const open = done.has(root) ? [] : [root]
    for (let each = open.at(-1); each; each = open.at(-1)) {
      const left = path.get(each) ?? needs(each, all).values()
      path.set(each, left)
      const { value: next } = left.next()
      if (next === undefined) close(open.pop() as Each)
      else if (path.has(next)) draw([...path.keys()].slice(open.indexOf(next)), cycles)
      else if (!done.has(next)) open.push(next)
    }
  }
  return { sorted: [...done], cycles, dependents }
}

/** Notes a circle with each of its members. One that stands in several is told the first. */
function draw<Each extends Ordered>(circle: readonly Each[], cycles: Map<Each, string>): void {
  const drawn = [...circle, circle[0] as Each].map(({ name }) => name).join(' → ')
  for (const member of circle) cycles.set(member, cycles.get(member) ?? drawn)
}
