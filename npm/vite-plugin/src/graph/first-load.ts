/** The part of a module graph that is loaded at once. */
export interface StaticGraph {
  ids: Iterable<string>
  isEntry(id: string): boolean
  imports(id: string): readonly string[]
}

/**
 * Which pages load a module at once, as a name for the chunk of all modules that the same pages load: with several
 * pages in a build, what only one of them loads has to stay out of the others.
 */
export function firstLoads({ ids, isEntry, imports }: StaticGraph): Map<string, string> {
  const pages = [...ids].filter(isEntry).sort()
  const loadedBy = new Map<string, number[]>()
  pages.forEach((page, number) => {
    for (const id of closure(page, imports)) loadedBy.get(id)?.push(number) ?? loadedBy.set(id, [number])
  })
  return new Map([...loadedBy].map(([id, numbers]) => [id, numbers.join('-')]))
}

function closure(from: string, imports: StaticGraph['imports']): Set<string> {
  const seen = new Set([from])
  for (const id of seen) for (const imported of imports(id)) seen.add(imported)
  return seen
}
