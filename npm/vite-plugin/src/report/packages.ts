import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Composed } from '@framework-m/composer'
import { normalizePath } from '../composition/normalize-path.js'
import { fileOf, type OwnerOf } from '../graph/ownership.js'

/** The name of the package that a module comes from; none for generated modules. */
export type PackageOf = (id: string) => string | undefined

/** The plugins' own names are in the composition; those of others are read. */
export function packages(
  { root, composition }: Pick<Composed, 'root' | 'composition'>,
  ownerOf: OwnerOf,
): PackageOf {
  const byPlugin = new Map(composition.plugins.map(({ name, package: of }) => [name, of ?? undefined]))
  const byFolder = new Map<string, string | undefined>(
    composition.plugins.flatMap(({ dir, package: name }) =>
      name ? [[normalizePath(join(root, dir)), name] as const] : [],
    ),
  )
  const inFolder = (folder: string): string | undefined => {
    if (!byFolder.has(folder)) byFolder.set(folder, nameIn(folder) ?? above(folder))
    return byFolder.get(folder)
  }
  const above = (folder: string) => (dirname(folder) === folder ? undefined : inFolder(dirname(folder)))
  const installed = (id: string) => {
    const owner = ownerOf(id)
    return (owner === undefined ? undefined : byPlugin.get(owner)) ?? inFolder(dirname(fileOf(id)))
  }
  return (id) => (id.startsWith('\0') ? undefined : installed(id))
}

/** A `package.json` without a name says something of its folder's modules, and makes no package of it. */
function nameIn(folder: string): string | undefined {
  const file = join(folder, 'package.json')
  // Most folders have none, and an exception takes ten times as long.
  if (!existsSync(file)) return undefined
  try {
    const { name } = JSON.parse(readFileSync(file, 'utf8'))
    return typeof name === 'string' ? name : undefined
  } catch {
    return undefined
  }
}
