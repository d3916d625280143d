import type { Composed, Plugin as Composing } from '@framework-m/composer'
import { type Bundle, isCss } from '../graph/bundle.js'
import type { OwnerOf } from '../graph/ownership.js'
import { type Attribution, attributed, type Owner, SHARED, SHELL } from './attribution.js'
import type { PackageOf } from './packages.js'

/** Bytes on disk, and as servers send them; `null` where files were not compressed to know. */
export interface Size {
  raw: number
  gzip: number | null
  /** At quality 6: what a server has that compresses files once is smaller by some percent. */
  brotli: number | null
}

/** Files, and what they come to. */
interface Files {
  /** Paths relative to the output folder. */
  chunks: string[]
  css: string[]
  size: Size
}

export interface Part extends Files {
  /** The JavaScript among `size`. */
  js: Size
  /** The CSS among `size`. */
  styles: Size
}

/** What the build made of a plugin. Its own files are those that nobody else uses, and those that hold its own code. */
export interface PluginPart extends Part {
  name: string
  package: string
  version: string | null
  /** What it loads beside its own, and other plugins too. */
  shared: Files
  /** Bytes of its own files by the package that they come from, before they are minified. */
  packages: Record<string, number>
  /** What `size.gzip` may be, in bytes. */
  budget?: number
  /** Where the budget is exceeded: the build that last kept it. */
  kept?: Kept
}

/** What a later build is compared with. */
export type Kept = Pick<PluginPart, 'size' | 'packages'>

/** `.framework-m/composition.json`. */
export interface Report {
  schemaVersion: 1
  shell: Part
  /** What is loaded on demand and belongs to no single plugin. */
  shared: Part
  plugins: PluginPart[]
}

/** What the build made of the shell and of each plugin. `sizes` are those of `filesOf(bundle)`. */
export function reportOf(
  bundle: Bundle,
  { composition, bundle: { plugins } }: Composed,
  sizes: Map<string, Size>,
  ownerOf: OwnerOf,
  packageOf: PackageOf,
): Report {
  const found = attributed(bundle, ownerOf)
  const own = filesByOwner(found)
  const shared = sharedByUser(found)
  const part = (owner: Owner) => partOf(own.get(owner) ?? [], sizes)
  const summaries = new Map(composition.plugins.map((plugin) => [plugin.name, plugin]))
  const plugin = (name: string): PluginPart => {
    const summary: Composing | undefined = summaries.get(name)
    return {
      name,
      package: summary?.package ?? name,
      version: summary?.version ?? null,
      ...part(name),
      shared: sum(shared.get(name) ?? [], sizes),
      packages: packagesOf(own.get(name) ?? [], bundle, packageOf),
    }
  }
  return {
    schemaVersion: 1,
    shell: part(SHELL),
    shared: part(SHARED),
    plugins: plugins.map(({ name }) => plugin(name)),
  }
}

function filesByOwner({ owners }: Attribution): Map<Owner, string[]> {
  const files = new Map<Owner, string[]>()
  for (const [file, owner] of owners) files.get(owner)?.push(file) ?? files.set(owner, [file])
  return files
}

function sharedByUser({ owners, users }: Attribution): Map<string, string[]> {
  const files = new Map<string, string[]>()
  for (const [file, names] of users)
    for (const name of owners.get(file) === SHARED ? names : [])
      files.get(name)?.push(file) ?? files.set(name, [file])
  return files
}

function partOf(files: string[], sizes: Map<string, Size>): Part {
  const [css, js] = [files.filter(isCss), files.filter((file) => !isCss(file))]
  return { ...sum(files, sizes), js: sum(js, sizes).size, styles: sum(css, sizes).size }
}

function sum(files: string[], sizes: Map<string, Size>): Files {
  const size: Size = { raw: 0, gzip: 0, brotli: 0 }
  for (const file of files) {
    const { raw, gzip, brotli } = sizes.get(file) ?? { raw: 0, gzip: 0, brotli: 0 }
    size.raw += raw
    size.gzip = both(size.gzip, gzip)
    size.brotli = both(size.brotli, brotli)
  }
  const sorted = [...files].sort()
  return { chunks: sorted.filter((file) => !isCss(file)), css: sorted.filter(isCss), size }
}

function both(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}

function packagesOf(files: string[], bundle: Bundle, packageOf: PackageOf): Record<string, number> {
  const bytes = new Map<string, number>()
  for (const file of files) {
    const chunk = bundle[file]
    if (chunk?.type !== 'chunk') continue
    for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
      const name = packageOf(id)
      if (name !== undefined && renderedLength > 0) bytes.set(name, (bytes.get(name) ?? 0) + renderedLength)
    }
  }
  return Object.fromEntries([...bytes].sort(([a], [b]) => (a < b ? -1 : 1)))
}
