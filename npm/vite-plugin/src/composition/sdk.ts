import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Composed } from '@framework-m/composer'

export const SDK = '@framework-m/plugin-sdk'

/** An import of the SDK's root, which takes packages that a shell may be without. */
export const SDK_ROOT = /^@framework-m\/plugin-sdk$/

/** A module of the SDK with the exports of its root, for shells without a package: what needs that throws when it is called. */
interface StandIn {
  /** What is imported in the place of the root. */
  id: string
  /** What the shell is without. */
  without: string
  /** The SDK's folder. */
  sdk: string
}

/** React Router needs React, so a shell without React is without both. */
const STAND_INS = [
  { id: `${SDK}/without-react`, without: 'react' },
  { id: `${SDK}/without-router`, without: 'react-router' },
]

/** A build asks for each import of the root. */
const known = new WeakMap<object, StandIn[]>()

/**
 * What may stand for the SDK's root, as the disk has it: the first whose package the bundler does not have from elsewhere, as
 * by an alias, has to. Nothing where the SDK is not installed, or has no such modules.
 */
export function standIns(composed: Pick<Composed, 'root' | 'shell' | 'bundle'>): StandIn[] {
  const found = known.get(composed) ?? look(composed)
  known.set(composed, found)
  return found
}

function look({ root, shell, bundle }: Pick<Composed, 'root' | 'shell' | 'bundle'>): StandIn[] {
  const found = installed(SDK, shell) ?? ofFirst(bundle.plugins, ({ dir }) => installed(SDK, join(root, dir)))
  if (found === undefined) return []
  const sdk = realpathSync(found)
  const importers = [sdk, shell]
  const absent = STAND_INS.filter(({ without }) => !importers.some((folder) => installed(without, folder)))
  const exported = absent.length > 0 ? exportsOf(sdk) : {}
  return absent.filter(({ id }) => `.${id.slice(SDK.length)}` in exported).map((one) => ({ ...one, sdk }))
}

/** The folder of a package, as Node and bundlers look for it. */
function installed(name: string, from: string): string | undefined {
  const folder = join(from, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return folder
  return dirname(from) === from ? undefined : installed(name, dirname(from))
}

function exportsOf(folder: string): object {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return typeof exports === 'object' && exports !== null ? exports : {}
}

function ofFirst<T, R>(all: T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = find(one)
    if (found !== undefined) return found
  }
  return undefined
}
