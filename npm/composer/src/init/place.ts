/** Where a new plugin's folder goes. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix, relative, resolve } from 'node:path'
import { packages } from '../../index.js'
import { PATTERNS } from '../outside.js'
import { mostCommon, type Names } from './names.js'
import { Refusal } from './refusal.js'
import type { Surroundings } from './workspace.js'

export interface Place {
  /** Relative to the root, `/`-separated. */
  dir: string
  /** Why there. */
  reason: string
}

const NAME = '*'

/** A folder that is free, and that the workspace's own patterns make a member. Nothing is written to find out. */
export function placeOf(workspace: Surroundings, names: Names, asked: string | undefined): Place {
  const place = asked === undefined ? chosen(workspace, names) : given(workspace, asked)
  const { root } = workspace
  const folder = join(root, place.dir)
  if (existsSync(folder) && !isEmpty(folder))
    throw new Refusal(
      `${place.dir} is there already, and is left as it is: choose another folder with --dir.`,
    )
  if (!isMember(workspace, place.dir))
    throw new Refusal(
      `${place.dir} would be no member of this workspace: list it in ${PATTERNS[workspace.manager] ?? 'package.json'}, or choose another folder with --dir.`,
    )
  return place
}

function given({ root }: Surroundings, asked: string): Place {
  const dir = relative(root, resolve(asked)).replaceAll('\\', '/')
  if (!dir || dir === '..' || dir.startsWith('../') || resolve(root, dir) !== resolve(asked))
    throw new Refusal(`${resolve(asked)} is not in the workspace ${root}.`)
  return { dir, reason: 'as --dir says' }
}

/** Where most of the other plugins lie; where there is none yet, a usual place that the workspace's patterns include. */
function chosen(workspace: Surroundings, { plugin }: Names): Place {
  const shape = mostCommon(workspace.plugins.map(({ dir, name }) => shapeOf(dir, name)))
  if (shape !== undefined)
    return { dir: shape.replace(NAME, plugin), reason: `where the other plugins are: ${shape}` }
  const beside = posix.join(posix.dirname(workspace.shell.dir), NAME)
  const usual = ['plugins/*', 'apps/*/frontend', 'apps/*', 'packages/*', beside]
  const found = usual.find((place) => isMember(workspace, place.replace(NAME, plugin)))
  if (found === undefined)
    throw new Refusal(
      `None of ${usual.join(', ')} would be a member of this workspace: list a folder for plugins in ${PATTERNS[workspace.manager] ?? 'package.json'}, or choose one with --dir.`,
    )
  return {
    dir: found.replace(NAME, plugin),
    reason: `the first plugin, where the workspace has members: ${found}`,
  }
}

// `apps/wms/frontend` of `@my-company/wms` as `apps/*/frontend`.
function shapeOf(dir: string, name: string | null): string {
  const segments = dir.split('/')
  const own = name?.slice(name.indexOf('/') + 1)
  const at = own === undefined ? -1 : segments.lastIndexOf(own)
  segments[at < 0 ? segments.length - 1 : at] = NAME
  return segments.join('/')
}

/** What decides in a workspace's root who its members are. */
const DECIDING = [
  'package.json',
  'pnpm-workspace.yaml',
  'rush.json',
  'lerna.json',
  'yarn.lock',
  '.yarnrc.yml',
  'bun.lock',
  'bun.lockb',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
]

/** Whether a package in this folder would be a member: the composer is asked about a copy of the manifests. */
function isMember({ root, members }: Surroundings, dir: string): boolean {
  const copy = mkdtempSync(join(tmpdir(), 'framework-m-init-'))
  try {
    const manifests = members.map((member) => posix.join(member.dir, 'package.json'))
    for (const file of [...DECIDING, ...manifests]) {
      if (!existsSync(join(root, file))) continue
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      copyFileSync(join(root, file), join(copy, file))
    }
    mkdirSync(join(copy, dir), { recursive: true })
    writeFileSync(join(copy, dir, 'package.json'), '{ "name": "a-new-plugin", "version": "0.1.0" }')
    return packages({ root: copy }).packages.some((item) => item.dir === dir)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch {
    return false // It is a file.
  }
}
