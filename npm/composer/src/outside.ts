/** Plugin packages in the folder of a workspace that are no members of it: nothing else would say why they are not there. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { packages } from '../index.js'

/** Where each tool has the patterns that say what is a member. */
export const PATTERNS: Readonly<Record<string, string>> = {
  pnpm: '`packages` of pnpm-workspace.yaml',
  npm: '`workspaces` of package.json',
  'yarn-classic': '`workspaces` of package.json',
  'yarn-berry': '`workspaces` of package.json',
  bun: '`workspaces` of package.json',
  lerna: '`packages` of lerna.json',
  rush: '`projects` of rush.json',
}

/** Says so if one of these folders is in such a package. `root` is absolute, folders are relative to the current one. */
export function outside(root: string, metadataKey: string, folders: readonly string[]): string | undefined {
  const { packages: members, packageManager } = packages({ root, metadataKey })
  const known = new Set(members.map(({ dir }) => dir))
  for (const folder of folders) {
    const dir = packageAround(resolve(folder), root)
    if (dir === undefined || known.has(dir) || !isTagged(join(root, dir), metadataKey)) continue
    return `The plugin in ${dir} is no member of this workspace: list it in ${PATTERNS[packageManager] ?? 'package.json'}.`
  }
  return undefined
}

/** The nearest folder with a manifest, below the root and relative to it, `/`-separated. */
function packageAround(folder: string, root: string): string | undefined {
  const dir = relative(root, folder).replaceAll('\\', '/')
  if (dir === '' || dir === '..' || dir.startsWith('../') || resolve(root, dir) !== folder) return undefined
  return existsSync(join(folder, 'package.json')) ? dir : packageAround(dirname(folder), root)
}

function isTagged(folder: string, metadataKey: string): boolean {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return Object.hasOwn(manifest, metadataKey) && manifest[metadataKey] !== false
  } catch {
    return false // What is no member is not judged.
  }
}
