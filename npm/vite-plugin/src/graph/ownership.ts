import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Composed } from '@framework-m/composer'
import { resolvedEntry } from '../composition/ids.js'
import { realPath } from '../composition/real-path.js'

/** The plugin whose folder holds a module, or whose entry it is. */
export type OwnerOf = (id: string) => string | undefined

type Ownable = Pick<Composed, 'root' | 'bundle' | 'entries'>

/** Several steps ask about the same composition, and the disk is asked about each folder. */
const known = new WeakMap<Ownable, Map<boolean, OwnerOf>>()

/** With `links`, modules are named by paths that lead through links, as under `resolve.preserveSymlinks`. */
export function ownership(composed: Ownable, links = false): OwnerOf {
  const ownerships = known.get(composed) ?? new Map<boolean, OwnerOf>()
  known.set(composed, ownerships)
  const ownerOf = ownerships.get(links) ?? readOwnership(composed, links)
  ownerships.set(links, ownerOf)
  return ownerOf
}

function readOwnership({ root, bundle, entries }: Ownable, links: boolean): OwnerOf {
  const byEntry = new Map(entries.map((entry) => [resolvedEntry(entry), entry.plugin]))
  // Module ids are real paths; the workspace may be reached through a link.
  const byFolder = new Map<string, string | undefined>([
    ...bundle.plugins.map(({ name, dir }) => [realPath(join(root, dir)), name] as const),
    ...bundle.foreign.map((dir) => [realPath(join(root, dir)), undefined] as const),
  ])
  return (id) =>
    id.startsWith('\0') ? byEntry.get(id) : ownerIn(folderOf(links ? realPath(fileOf(id)) : id), byFolder)
}

/** As Node has it; this is asked of every module of a build, and of all that it imports. */
function folderOf(id: string): string {
  const end = id.lastIndexOf('/')
  return end > 0 ? id.slice(0, end) : posix.dirname(id)
}

/** The file behind a module's id, which may have a query. A file may have a question mark too. */
export function fileOf(id: string): string {
  return !id.includes('?') || existsSync(id) ? id : id.replace(/\?.*$/s, '')
}

/**
 * The plugin of the nearest folder, which is kept for all folders on the way; none for other packages in a plugin's folder:
 * those of the workspace are their own, and those that are installed there are their vendor's.
 */
function ownerIn(folder: string, byFolder: Map<string, string | undefined>): string | undefined {
  const found = byFolder.get(folder)
  if (found !== undefined || byFolder.has(folder)) return found
  const parent = posix.dirname(folder)
  const owner = parent === folder || folder.endsWith('/node_modules') ? undefined : ownerIn(parent, byFolder)
  byFolder.set(folder, owner)
  return owner
}
