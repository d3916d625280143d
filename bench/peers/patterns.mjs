/** What the peers of discovery that know globs are asked for, and what all of them do with a manifest. */
import { readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'

/** The manifests that a workspace's patterns mean, as each README shows it. The root is a package too. */
export const manifests = (patterns) => [
  'package.json',
  ...patterns.map((pattern) => `${pattern}/package.json`),
]

/** What pnpm leaves out too. */
export const IGNORED = ['**/node_modules/**']

/** A package, from the absolute path of its manifest. */
export function read(root, file) {
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  return { dir: relative(root, dirname(file)) || '.', name: manifest.name, tag: manifest['framework-m'] }
}
