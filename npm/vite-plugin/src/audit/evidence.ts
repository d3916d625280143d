import { posix } from 'node:path'
import type { Composed, Finding, FoundImport, ImportSite } from '@framework-m/composer'
import { normalizePath } from '../composition/normalize-path.js'
import { fileOf } from '../graph/ownership.js'
import type { Borrowed } from './borrowing.js'
import type { EagerCode } from './laziness.js'

/** What it takes to find the place of an import that a bundler knows of. */
export interface Places {
  importsIn(file: string): ImportSite[]
  /** The id of the module that a specifier in a module leads to. */
  resolve(specifier: string, importer: string): Promise<string | undefined>
}

/** What has imports that can be read; a page or a component of another language has none. */
const SCRIPT = /\.[cm]?[jt]sx?$/

/** Turns what was found in a module graph into findings with their places. */
export class Evidence {
  readonly #composed: Composed
  readonly #places: Places
  readonly #onlyWritten: boolean
  readonly #sites = new Map<string, ImportSite[]>()

  /** With `onlyWritten`, an import that its file no longer has is none. */
  constructor(composed: Composed, places: Places, onlyWritten = false) {
    this.#composed = composed
    this.#places = places
    this.#onlyWritten = onlyWritten
  }

  /** One finding an importer and plugin: that is where somebody has to change something. */
  async eager(found: EagerCode[]): Promise<Finding[]> {
    const groups = grouped(found, ({ plugin, path }) => [plugin, path.at(-2)])
    return (await Promise.all(groups.map((group) => this.#eager(group)))).flat()
  }

  async #eager(group: EagerCode[]): Promise<Finding[]> {
    const [{ plugin, path }] = group as [EagerCode]
    const before = path.slice(0, -1)
    const broken = group.map((one) => [before.at(-1), one.path.at(-1)] as [string, string])
    const links = before.slice(1).map((id, index) => [before[index], id] as [string, string])
    const find = ([importer, imported]: [string, string]) => this.#import(importer, imported, false)
    const first = await this.#written(broken.map(find))
    const others = await this.#written(links.reverse().map(find))
    if (first.isMissing || others.isMissing) return []
    // A page's script has no place that could be shown.
    const imports = [...first.found, ...others.found.filter(({ start }) => start !== undefined)]
    return [{ kind: 'eager-plugin', plugin, chain: path.map((id) => this.name(id)), imports }]
  }

  /** One finding a pair of plugins. */
  async borrowed(found: Borrowed[]): Promise<Finding[]> {
    const pairs = grouped(found, ({ plugin, other }) => [plugin, other])
    return (await Promise.all(pairs.map((pair) => this.#borrowed(pair)))).flat()
  }

  async #borrowed(pair: Borrowed[]): Promise<Finding[]> {
    const [{ plugin, other }] = pair as [Borrowed]
    const version = this.#composed.composition.plugins.find(({ name }) => name === other)?.version
    const { found: imports } = await this.#written(
      pair.map(({ importer, imported }) => this.#import(importer, imported, true)),
    )
    return imports.length === 0
      ? []
      : [{ kind: 'undeclared-import', plugin, other, ...(version && { version }), imports }]
  }

  /** The imports that count, and whether one does not. */
  async #written(imports: Array<Promise<FoundImport | undefined>>) {
    const all = (await Promise.all(imports)).filter((found) => found !== undefined)
    const found = all.filter(
      ({ file, start }) => !this.#onlyWritten || start !== undefined || !SCRIPT.test(file),
    )
    return { found, isMissing: found.length < all.length }
  }

  /** The import, with its place in the file where there is one. Generated modules are no files. */
  async #import(importer: string, imported: string, lazy: boolean): Promise<FoundImport | undefined> {
    if (importer.startsWith('\0')) return undefined
    const file = fileOf(importer)
    const site = await this.#site(file, importer, imported, lazy)
    return { file, module: this.name(imported), ...(site && { start: site.start, end: site.end }) }
  }

  async #site(
    file: string,
    importer: string,
    imported: string,
    lazy: boolean,
  ): Promise<ImportSite | undefined> {
    const sites = this.#sites.get(file) ?? this.#places.importsIn(file)
    this.#sites.set(file, sites)
    for (const site of sites) {
      if (site.lazy && !lazy) continue
      const id = await this.#places.resolve(site.specifier, importer)
      if (id !== undefined && fileOf(id) === fileOf(imported)) return site
    }
    return undefined
  }

  /** A module as people read it: relative to the workspace root. */
  name(id: string): string {
    return moduleName(id, this.#composed.root)
  }
}

/** A module's id as people read it: relative to the workspace root where it lies in it. */
export function moduleName(id: string, root: string): string {
  if (id.startsWith('\0')) return id.slice(1)
  const file = fileOf(id)
  return posix.isAbsolute(file) || /^\w:\//.test(file) ? posix.relative(normalizePath(root), file) : file
}

/** Those of the same key together, in the order of the first of each. */
function grouped<T>(all: T[], keyOf: (one: T) => unknown): T[][] {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = JSON.stringify(keyOf(one))
    groups.get(key)?.push(one) ?? groups.set(key, [one])
  }
  return [...groups.values()]
}
