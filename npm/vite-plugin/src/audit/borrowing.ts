import type { Composed } from '@framework-m/composer'
import type { OwnerOf } from '../graph/ownership.js'

/** An import by a plugin of code of another that it does not depend on. */
export interface Borrowed {
  plugin: string
  other: string
  importer: string
  imported: string
}

/** A module graph as both kinds of imports. */
export interface ImportGraph {
  ids: readonly string[]
  imports(id: string): readonly string[]
  lazyImports(id: string): readonly string[]
}

/** Generated modules do not count: what they import stands in a configuration too. */
export function borrowedCode(graph: ImportGraph, ownerOf: OwnerOf, composed: Composed): Borrowed[] {
  const crossing = [...crossings(graph, ownerOf)].sort(([a], [b]) => (a < b ? -1 : 1))
  if (crossing.length === 0) return []
  const declared = declaredDependencies(composed)
  const borrowed = crossing.flatMap(([importer, all]) => {
    const plugin = ownerOf(importer) as string
    return [...all].map((imported) => ({ plugin, other: ownerOf(imported) as string, importer, imported }))
  })
  return borrowed.filter(({ plugin, other }) => !declared.get(plugin)?.has(other))
}

/** Of each module of a plugin what it imports of others, where it does: few do, and all are looked at. */
function crossings(graph: ImportGraph, ownerOf: OwnerOf): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const importer of graph.ids) {
    const plugin = importer.startsWith('\0') ? undefined : ownerOf(importer)
    if (plugin === undefined) continue
    for (const imports of [graph.imports(importer), graph.lazyImports(importer)])
      for (const imported of imports) {
        const other = ownerOf(imported)
        if (other === undefined || other === plugin) continue
        found.get(importer)?.add(imported) ?? found.set(importer, new Set([imported]))
      }
  }
  return found
}

function declaredDependencies({ composition }: Composed): Map<string, Set<string>> {
  const taking = composition.plugins.filter(({ status }) => status === 'included')
  return new Map(
    taking.map(({ name, dependencies }) => [
      name,
      new Set(dependencies.map((dependency) => dependency.name)),
    ]),
  )
}
