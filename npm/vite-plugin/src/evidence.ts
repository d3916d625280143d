import { posix } from 'node:path'
import type { Composed, Finding, FoundImport, ImportSite } from '@framework-m/composer'
import { normalizePath } from 'vite'
import type { Borrowed } from './borrowing.js'
import type { EagerCode } from './laziness.js'
import { fileOf } from './ownership.js'

/** What it takes to find the place of an import that a bundler knows of. */
export interface Places {
  importsIn(file: string): ImportSite[]
  /** The id of the module that a specifier in a module leads to. */
  resolve(specifier: string, importer: string): Promise<string | undefined>
}

/** Turns what was found in a module graph into findings with their places. */
export class Evidence {
  readonly #composed: Composed
  readonly #places: Places
  readonly #sites = new Map<string, ImportSite[]>()

  constructor(composed: Composed, places: Places) {
    this.#composed = composed
    this.#places = places
  }

  /** One finding an importer and plugin: that is where somebody has to change something. */
  async eager(found: EagerCode[]): Promise<Finding[]> {
    const groups = grouped(found, ({ plugin, path }) => [plugin, path.at(-2)])
    return Promise.all(groups.map((group) => this.#eager(group)))
  }

  async #eager(group: EagerCode[]): Promise<Finding> {
    const [{ plugin, path }] = group as [EagerCode]
    const broken = group.map((one) => one.path.slice(-2) as [string, string])
    const before = path.slice(0, -1)
    const links = before.slice(1).map((id, index) => [before[index] as string, id] as [string, string])
    const imports = await Promise.all(
      [...broken, ...links.reverse()].map(([importer, imported]) => this.#import(importer, imported, false)),
    )
    const told = imports.filter(
      (found, index) => found && (index < broken.length || found.start !== undefined),
    )
    return {
      kind: 'eager-plugin',
      plugin,
      chain: path.map((id) => this.name(id)),
      imports: told.filter((found) => found !== undefined),
    }
  }

  /** One finding a pair of plugins. */
  async borrowed(found: Borrowed[]): Promise<Finding[]> {
    const pairs = grouped(found, ({ plugin, other }) => [plugin, other])
    return Promise.all(pairs.map((pair) => this.#borrowed(pair)))
  }

  async #borrowed(pair: Borrowed[]): Promise<Finding> {
    const [{ plugin, other }] = pair as [Borrowed]
    const version = this.#composed.composition.plugins.find(({ name }) => name === other)?.version
    const imports = await Promise.all(
      pair.map(({ importer, imported }) => this.#import(importer, imported, true)),
    )
    return {
      kind: 'undeclared-import',
      plugin,
      other,
      ...(version && { version }),
      imports: imports.filter((found) => found !== undefined),
    }
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
