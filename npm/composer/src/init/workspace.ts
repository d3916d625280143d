/** What a new plugin has to know of the workspace that it is made for. */
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Composer, type Composition, type Package, packages } from '../../index.js'
import type { Location } from '../options.js'
import { Refusal } from './refusal.js'

type Table = Readonly<Record<string, string>>

/** The part of a `package.json` that is looked at. */
export interface Manifest {
  readonly name?: string
  readonly scripts?: Table
  readonly dependencies?: Table
  readonly devDependencies?: Table
  readonly peerDependencies?: Table
}

/** A package with its manifest. Its folder is relative to the root, `/`-separated. */
export interface Member extends Pick<Package, 'name' | 'dir'> {
  readonly manifest: Manifest
}

export interface Surroundings {
  /** Absolute. */
  readonly root: string
  /** `pnpm`, `npm`, `yarn-classic`, `yarn-berry`, `bun`, `lerna`, `rush` or `none`. */
  readonly manager: string
  readonly members: readonly Member[]
  readonly shell: Member
  /** The packages in the workspace that are plugins, by folder. */
  readonly plugins: readonly Member[]
  readonly composition: Composition
  /** The key in `package.json` that tags a plugin. */
  readonly metadataKey: string
}

/** Asks the composer what is there. Throws where no workspace is, since a plugin is a package beside its shell. */
export function surroundings(location: Location): Surroundings {
  const { root, shell, composition } = new Composer(location).compose()
  if (composition.packageManager === 'none')
    throw new Refusal(
      `${root} is no workspace, and a plugin is a package of its own beside the shell. Add "workspaces": ["plugins/*"] to its package.json, or a pnpm-workspace.yaml.`,
    )
  const { metadataKey = 'framework-m' } = location
  const { packages: listed, diagnostics } = packages({ root, metadataKey })
  const [problem] = diagnostics.filter(({ severity }) => severity === 'error')
  if (problem) throw new Refusal(`${problem.message} ${problem.help ?? ''}`.trim())
  const members = listed.map((item) => ({ ...item, manifest: manifestOf(join(root, item.dir)) }))
  const dir = relative(root, shell).replaceAll('\\', '/') || '.'
  if (dir === '.') checkThatOneIsMeant(members)
  return {
    ...{ root, members, composition, metadataKey },
    manager: composition.packageManager,
    shell: members.find((member) => member.dir === dir) ?? { name: null, dir, manifest: {} },
    plugins: members.filter(({ tag, dir }) => tag !== null && tag !== false && dir !== '.'),
  }
}

const PLUGIN_OF_SHELLS = '@framework-m/vite-plugin'

/** Where the root stands for a shell that nobody named, several may be meant, and a plugin follows the shell's versions. */
function checkThatOneIsMeant(members: readonly Member[]): void {
  const shells = members.filter(({ manifest: { dependencies, devDependencies } }) =>
    Object.hasOwn({ ...dependencies, ...devDependencies }, PLUGIN_OF_SHELLS),
  )
  if (shells.length < 2 || shells.some(({ dir }) => dir === '.')) return
  const dirs = shells.map(({ dir }) => dir)
  throw new Refusal(
    `This workspace has several shells: ${dirs.join(', ')}. Say which one the plugin is made for: --shell ${dirs[0]}`,
  )
}

function manifestOf(dir: string): Manifest {
  const file = join(dir, 'package.json')
  // A byte order mark is allowed by every package manager.
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) : {}
}
