import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Composed, Plugin as Composing } from '@framework-m/composer'
import type { Plugin } from 'vite'
import { type OwnerOf, ownership } from './ownership.js'
import type { Session } from './session.js'

/** Writes what the build made of each plugin: `.framework-m/composition.json` in the output folder. */
export function reports(session: Session): Plugin {
  return {
    name: 'framework-m:report',
    apply: 'build',
    writeBundle(output, bundle) {
      const { consumer, root, build } = this.environment.config
      if (consumer !== 'client') return
      writeReport(
        output.dir ?? resolve(root, build.outDir),
        bundle,
        session.composed,
        ownership(session.composed),
      )
    },
  }
}

/** Bytes on disk, and as a server would send them. */
export interface Size {
  raw: number
  gzip: number
}

export interface Part {
  /** Paths relative to the output folder. */
  chunks: string[]
  css: string[]
  size: Size
}

/** `.framework-m/composition.json`. */
export interface Report {
  schemaVersion: 1
  shell: Part
  /** What is loaded on demand and belongs to no single plugin. */
  shared: Part
  plugins: Array<Pick<Composing, 'name' | 'package' | 'version'> & Part>
}

/** The part of a bundler's chunk that the report reads; Rollup and Rolldown agree on it. */
export interface OutputChunk {
  type: 'chunk'
  fileName: string
  isEntry: boolean
  facadeModuleId: string | null
  moduleIds: string[]
  imports: string[]
  dynamicImports: string[]
  viteMetadata?: { importedCss: Set<string> }
}

export type Bundle = Record<string, OutputChunk | { type: 'asset' }>

const SHELL = Symbol('the shell')
const SHARED = Symbol('shared')
type Owner = string | typeof SHELL | typeof SHARED

/** Writes the report into the output folder, from the files that stand there. */
function writeReport(folder: string, bundle: Bundle, composed: Composed, ownerOf: OwnerOf): void {
  const target = join(folder, '.framework-m')
  const report = reportOf(bundle, composed, ownerOf, (file) => readFileSync(join(folder, file)))
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, 'composition.json'), `${JSON.stringify(report, null, 2)}\n`)
}

function reportOf(
  bundle: Bundle,
  { composition, bundle: { plugins } }: Composed,
  ownerOf: OwnerOf,
  read: (file: string) => Uint8Array,
): Report {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const owners = chunkOwners(chunks, ownerOf)
  const part = (owner: Owner) =>
    partOf(
      chunks.filter(({ fileName }) => owners.get(fileName) === owner),
      read,
    )
  const summaries = new Map(composition.plugins.map((plugin) => [plugin.name, plugin]))
  return {
    schemaVersion: 1,
    shell: part(SHELL),
    shared: part(SHARED),
    plugins: plugins.map(({ name }) => {
      const summary = summaries.get(name)
      return { name, package: summary?.package ?? name, version: summary?.version ?? null, ...part(name) }
    }),
  }
}

/** A chunk is the shell's if it loads at once, its only plugin's if it holds code of one, else its only user's. */
function chunkOwners(chunks: OutputChunk[], ownerOf: OwnerOf): Map<string, Owner> {
  const entries = chunks.filter((chunk) => chunk.isEntry)
  const first = reached(entries, named(chunks), (chunk) => chunk.imports)
  const rest = chunks.filter(({ fileName }) => !first.has(fileName))
  const held = new Map(rest.map((chunk) => [chunk.fileName, pluginsIn(chunk, ownerOf)]))
  const users = new Map<string, Set<string>>()
  const lazy = named(rest)
  for (const chunk of rest) {
    const owner = only(held.get(chunk.fileName))
    if (owner === undefined) continue
    const all = reached([chunk], lazy, ({ imports, dynamicImports }) => [...imports, ...dynamicImports])
    for (const file of all) users.set(file, (users.get(file) ?? new Set()).add(owner))
  }
  const ownerOfChunk = ({ fileName }: OutputChunk): Owner => {
    const plugins = held.get(fileName)?.size ? held.get(fileName) : users.get(fileName)
    return plugins === undefined ? SHELL : (only(plugins) ?? SHARED)
  }
  return new Map(chunks.map((chunk) => [chunk.fileName, ownerOfChunk(chunk)]))
}

/** The plugin whose `import()` loads the chunk; where it is loaded along with others, those whose code it holds. */
function pluginsIn({ facadeModuleId, moduleIds }: OutputChunk, ownerOf: OwnerOf): Set<string> {
  const loaded = facadeModuleId ? ownerOf(facadeModuleId) : undefined
  if (loaded !== undefined) return new Set([loaded])
  return new Set(moduleIds.map(ownerOf).filter((owner) => owner !== undefined))
}

function named(chunks: OutputChunk[]): Map<string, OutputChunk> {
  return new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
}

/** The files of the chunks that these lead to, themselves among them. */
function reached(
  from: OutputChunk[],
  among: Map<string, OutputChunk>,
  next: (chunk: OutputChunk) => string[],
): Set<string> {
  const seen = new Set<string>()
  const work = [...from]
  for (let chunk = work.pop(); chunk; chunk = work.pop()) {
    if (seen.has(chunk.fileName)) continue
    seen.add(chunk.fileName)
    for (const file of next(chunk)) {
      const imported = among.get(file)
      if (imported) work.push(imported)
    }
  }
  return seen
}

function only(names: Set<string> | undefined): string | undefined {
  return names?.size === 1 ? [...names][0] : undefined
}

function partOf(chunks: OutputChunk[], read: (file: string) => Uint8Array): Part {
  const files = chunks.map((chunk) => chunk.fileName).sort()
  const css = [...new Set(chunks.flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]))].sort()
  const sizes = [...files, ...css]
    .map(read)
    .map((bytes) => ({ raw: bytes.length, gzip: gzipSync(bytes).length }))
  const size = sizes.reduce((sum, { raw, gzip }) => ({ raw: sum.raw + raw, gzip: sum.gzip + gzip }), {
    raw: 0,
    gzip: 0,
  })
  return { chunks: files, css, size }
}
