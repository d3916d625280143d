import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Composed, ComposerOptions } from '@framework-m/composer'
import { environment } from '../composition/environment.js'
import { atRealFolders } from '../composition/real-folders.js'
import type { Making } from './factory.js'

/** What is said by a bundler that knows of no shell. */
export interface Told {
  /** The folder that it works in. */
  folder: string
  preserveSymlinks: boolean
  /** What it puts in the place of expressions. */
  define: Record<string, unknown>
  /** What it puts in the place of `process.env.NODE_ENV`, if it does. */
  nodeEnv: unknown
}

/** Composes for the first time, for a bundler that is not Vite. */
export function compose({ open, options, dts, session }: Making, told: Told): Composed {
  const env = { ...environment({}, told.define, told.nodeEnv), ...options.env }
  const asked: ComposerOptions = { ...shellIn(told.folder), ...options, env }
  const wanted = told.preserveSymlinks ? asked : atRealFolders(asked)
  const composed = session.open(() => open(wanted))
  if (dts === false || dirname(dts) === '.') return composed
  // Where the types go is relative to the shell, which is known only now.
  const { shell } = composed
  return session.open(() => open({ ...wanted, shell, typesDir: dirname(resolve(shell, dts)) }))
}

/** The package of a folder that somebody has named. Where the process was started, the composer itself looks for a shell. */
function shellIn(folder: string): { shell?: string } {
  if (folder === process.cwd()) return {}
  for (let path = folder; ; path = dirname(path)) {
    if (existsSync(join(path, 'package.json'))) return { shell: path }
    if (dirname(path) === path) return { shell: folder }
  }
}
