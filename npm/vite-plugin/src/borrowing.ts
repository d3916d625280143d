import type { Composed } from '@framework-m/composer'
import type { OwnerOf } from './ownership.js'

/** An import by a plugin of code of another that it does not depend on. */
export interface Borrowed {
  plugin: string
  other: string
  importer: string
  imported: string
}

/** A module graph as both kinds of imports. */
export interface ImportGraph {
  ids: Iterable<string>
  imports(id: string): readonly string[]
  lazyImports(id: string): readonly string[]
}

/** Generated modules do not count: what they import stands in a configuration too. */
export function borrowedCode(graph: ImportGraph, ownerOf: OwnerOf, composed: Composed): Borrowed[] {
  const declared = declaredDependencies(composed)
  const found: Borrowed[] = []
  for (const importer of [...graph.ids].sort()) {
    const plugin = importer.startsWith('\0') ? undefined : ownerOf(importer)
    if (plugin === undefined) continue
    for (const imported of new Set([...graph.imports(importer), ...graph.lazyImports(importer)])) {
      const other = ownerOf(imported)
      if (other === undefined || other === plugin || declared.get(plugin)?.has(other)) continue
      found.push({ plugin, other, importer, imported })
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
