import { RESOLVED_HOST } from '../composition/ids.js'
import type { StaticGraph } from '../graph/first-load.js'
import type { OwnerOf } from '../graph/ownership.js'

/** A module graph that is followed both ways. */
export interface ShellGraph extends StaticGraph {
  /** The modules that import a module, at once or not. */
  importers(id: string): readonly string[]
}

/** Code of a plugin that is loaded along with the shell. */
export interface EagerCode {
  plugin: string
  /** Module by module, from one that the shell starts with to the first that is the plugin's. */
  path: string[]
}

/**
 * Every import by which the shell reaches code of a plugin without an `import()`, along the shortest path. What that code
 * imports in turn is not looked at: it goes when the import goes.
 *
 * The shell starts with the bundler's entries that belong to no plugin. Where none of them leads to the composition, as
 * after `import('./bootstrap')`, it starts with the modules that do.
 */
export function eagerCode(
  graph: ShellGraph,
  ownerOf: OwnerOf,
  isAllowed: (id: string) => boolean,
): EagerCode[] {
  const found: EagerCode[] = []
  const importers = new Map<string, string | undefined>()
  const isForeign = (id: string) => ownerOf(id) !== undefined && !isAllowed(id)
  const pathTo = (id: string) => {
    const path = [id]
    for (let at = importers.get(id); at !== undefined; at = importers.get(at)) path.push(at)
    return path.reverse()
  }
  const walk = (from: string) => {
    const work = importers.has(from) ? [] : [from]
    if (work.length > 0) importers.set(from, undefined)
    for (const id of work) {
      for (const imported of new Set(graph.imports(id))) {
        if (isForeign(imported))
          found.push({ plugin: ownerOf(imported) as string, path: [...pathTo(id), imported] })
        else if (!importers.has(imported)) {
          importers.set(imported, id)
          work.push(imported)
        }
      }
    }
  }
  const entries = [...graph.ids].filter((id) => ownerOf(id) === undefined && graph.isEntry(id))
  entries.sort().forEach(walk)
  if (!importers.has(RESOLVED_HOST)) leadingToHost(graph, ownerOf).forEach(walk)
  return found
}

/** The shell's modules that lead to the composition, the farthest first. */
function leadingToHost({ imports, importers }: ShellGraph, ownerOf: OwnerOf): string[] {
  const found = new Set([RESOLVED_HOST])
  for (const id of found)
    for (const importer of [...importers(id)].sort())
      if (ownerOf(importer) === undefined && imports(importer).includes(id)) found.add(importer)
  return [...found].reverse()
}
