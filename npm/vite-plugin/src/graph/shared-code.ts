import type { OwnerOf } from './ownership.js'

/** The chunk of the code that several plugins share. */
export const SHARED = 'framework-m-shared'

/** A module graph: the modules that import each one statically. What is imported by `import()` is its own chunk, as its author wrote. */
export interface Graph {
  ids: Iterable<string>
  importers(id: string): readonly string[]
}

const SEVERAL = Symbol('several plugins')
type Users = string | typeof SEVERAL

/**
 * The modules of no plugin that two or more plugins lead to. A module goes from unknown to one plugin to several and
 * never back, so each is visited twice at most. Only such modules are asked for their importers: asking is what costs.
 */
export function sharedModules({ ids, importers }: Graph, ownerOf: OwnerOf): Set<string> {
  const users = new Map<string, Users>()
  const imports = new Map<string, string[]>()
  const work: Array<[string, Users]> = []
  for (const id of ids) {
    if (ownerOf(id) !== undefined) continue
    for (const importer of importers(id)) {
      const owner = ownerOf(importer)
      if (owner !== undefined) work.push([id, owner])
      else imports.get(importer)?.push(id) ?? imports.set(importer, [id])
    }
  }
  for (let next = work.pop(); next; next = work.pop()) {
    const [id, user] = next
    const known = users.get(id)
    if (known === user || known === SEVERAL) continue
    const now = known === undefined ? user : SEVERAL
    users.set(id, now)
    for (const imported of imports.get(id) ?? []) work.push([imported, now])
  }
  return new Set([...users].filter(([, user]) => user === SEVERAL).map(([id]) => id))
}
