/** The versions that a workspace has of the packages that a new plugin needs. */
import { posix } from 'node:path'
import { version } from '../manifest.js'
import type { Manifest, Member, Surroundings } from './workspace.js'

type Table = 'dependencies' | 'devDependencies' | 'peerDependencies'

export const SDK = '@framework-m/plugin-sdk'

/** What a new plugin has also where nobody else in the workspace has it. */
const OURS: Readonly<Record<string, string>> = { [SDK]: `^${version()}`, vite: '^7.0.0 || ^8.0.0' }

/** Whether the shell has a package among its own. */
export function shellHas({ shell }: Surroundings, name: string): boolean {
  return specOf([shell], name, ['dependencies', 'devDependencies', 'peerDependencies']) !== undefined
}

/**
 * What to write for a package to be installed as everybody else in the workspace has it: a range, `workspace:^`, `catalog:`, or a path
 * from the folder of the plugin. `undefined` where nobody has the package, unless it is one that the plugin cannot do without.
 */
export function installed(workspace: Surroundings, name: string, dir: string): string | undefined {
  const { shell, plugins, members } = workspace
  const own: Table[] = ['dependencies', 'devDependencies']
  const root = members.filter((member) => member.dir === '.')
  const found = specOf([shell, ...plugins, ...root], name, own)
  return found ? fromFolder(found.spec, found.member.dir, dir) : OURS[name]
}

/** The range of a peer: that of the other plugins, or else that of the shell; any version where neither is a range. */
export function peer(workspace: Surroundings, name: string): string {
  const { shell, plugins } = workspace
  const found =
    specOf(plugins, name, ['peerDependencies']) ??
    specOf([shell], name, ['dependencies', 'devDependencies', 'peerDependencies'])
  if (found) return isPlace(found.spec) ? '*' : found.spec
  return OURS[name] ?? '*'
}

function specOf(members: readonly Member[], name: string, tables: readonly Table[]) {
  for (const member of members)
    for (const table of tables) {
      const spec = inTable(member.manifest, table, name)
      if (spec !== undefined) return { spec, member }
    }
  return undefined
}

function inTable(manifest: Manifest, table: Table, name: string): string | undefined {
  const specs = manifest[table] ?? {}
  return Object.hasOwn(specs, name) ? specs[name] : undefined
}

const PLACE = /^(file|link|portal):(.*)$/

/** Whether it says where the package lies, and not which versions will do. */
function isPlace(spec: string): boolean {
  return PLACE.test(spec) || /^(https?|git|github)[:+]/.test(spec)
}

/** A path that was written in one folder as it has to be written in another. */
function fromFolder(spec: string, from: string, to: string): string {
  const [, protocol, path = ''] = PLACE.exec(spec) ?? []
  if (!protocol || !path.startsWith('.')) return spec
  return `${protocol}:${posix.relative(to, posix.join(from, path))}`
}
