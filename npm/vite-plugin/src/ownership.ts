import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Composed } from '@framework-m/composer'
import { normalizePath } from 'vite'
import { resolvedEntry } from './ids.js'

/** The plugin whose folder holds a module, or whose entry it is. */
export type OwnerOf = (id: string) => string | undefined

export function ownership({ root, bundle, entries }: Pick<Composed, 'root' | 'bundle' | 'entries'>): OwnerOf {
  const byEntry = new Map(entries.map((entry) => [resolvedEntry(entry), entry.plugin]))
  const folders = bundle.plugins
    .map(({ name, dir }) => ({ name, folder: `${real(join(root, dir))}/` }))
    .sort((a, b) => b.folder.length - a.folder.length)
  return (id) => {
    if (id.startsWith('\0')) return byEntry.get(id)
    const holder = folders.find(({ folder }) => id.startsWith(folder))
    return holder && !vendored(id.slice(holder.folder.length)) ? holder.name : undefined
  }
}

/** A package installed in a plugin's folder is its vendor's, wherever the package manager put it. */
function vendored(path: string): boolean {
  return path.startsWith('node_modules/') || path.includes('/node_modules/')
}

/** Module ids are real paths; the workspace may be reached through a link. */
function real(path: string): string {
  try {
    return normalizePath(realpathSync(path))
  } catch {
    return normalizePath(path)
  }
}

/** A module graph: the modules that each one imports, statically or not. */
export interface Graph {
  ids: Iterable<string>
  imports(id: string): readonly string[]
}

/**
 * The modules of no plugin that two or more plugins lead to. A module goes from unknown to one plugin to several and
 * never back, so each is visited twice at most.
 */
export function sharedModules({ ids, imports }: Graph, ownerOf: OwnerOf): Set<string> {
  const SEVERAL = Symbol('several plugins')
  const users = new Map<string, string | typeof SEVERAL>()
  const work: Array<[string, string | typeof SEVERAL]> = []
  const leadsTo = (id: string, user: string | typeof SEVERAL) => {
    for (const imported of imports(id)) if (ownerOf(imported) === undefined) work.push([imported, user])
  }
  for (const id of ids) {
    const owner = ownerOf(id)
    if (owner !== undefined) leadsTo(id, owner)
  }
  for (let next = work.pop(); next; next = work.pop()) {
    const [id, user] = next
    const known = users.get(id)
    if (known === user || known === SEVERAL) continue
    const now = known === undefined ? user : SEVERAL
    users.set(id, now)
    leadsTo(id, now)
  }
  return new Set([...users].filter(([, user]) => user === SEVERAL).map(([id]) => id))
}
