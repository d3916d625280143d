/** The tarballs of a release, made by the release's own script, with the binary that was built on this machine. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare } from '../../scripts/release/prepare.js'
import { readProject } from '../../scripts/release/project.js'

export const repository = join(import.meta.dirname, '../..')

/** A package of a release; one that was not built here has no files. */
export interface Released {
  name: string
  manifest: Record<string, unknown> & { name: string; version: string }
  /** Of a platform: what it was built for. */
  target?: string
  folder?: string
  tarball?: string
  files?: string[]
  size?: number
  unpackedSize?: number
}

export type Packed = Released &
  Required<Pick<Released, 'folder' | 'tarball' | 'files' | 'size' | 'unpackedSize'>>

export interface Release {
  version: string
  packages: Released[]
  /** Those with a tarball: the three packages, and that of this machine's platform. */
  packed: Packed[]
  remove(): void
}

export function release(): Release {
  const project = readProject(repository)
  const out = temporary('release')
  const bindings = join(repository, 'npm/composer')
  const packages: Released[] = prepare(project, { bindings, out })
  const packed = packages.filter((item): item is Packed => item.tarball !== undefined)
  return { version: project.version, packages, packed, remove: () => remove(out) }
}

/** An empty folder outside of the repository. */
export function temporary(name: string): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `framework-m-${name}-`)))
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
