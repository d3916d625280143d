import { join } from 'node:path'
import type { Composed } from '@framework-m/composer'
import type { EnvironmentModuleGraph, EnvironmentModuleNode, ViteDevServer } from 'vite'
import { RESOLVED } from '../composition/ids.js'
import { normalizePath } from '../composition/normalize-path.js'

/** The files behind the plugins, for a dev server that asks whether an event is a change of anything. */
export class Sources {
  /** By module that a configuration was read from: the digest of its code. */
  #code = new Map<string, string>()
  /** By module whose code has changed: the environments that were told. */
  #told = new Map<string, Set<string>>()
  /** The configurations, and whether their plugins take part. */
  #configs = new Map<string, boolean>()
  #folders = new Set<string>()
  #gone = new Set<string>()

  constructor(composed: Composed) {
    this.adopt(composed)
    this.#told.clear()
  }

  /** Takes another composition. */
  adopt(composed: Composed, server?: ViteDevServer): void {
    const code = new Map(composed.watch.modules.map((module) => [normalizePath(module.file), module.code]))
    for (const [file, digest] of code) if (this.#code.get(file) !== digest) this.#told.set(file, new Set())
    this.#code = code
    const { plugins } = composed.composition
    const path = (name: string) => normalizePath(join(composed.root, name))
    const places = new Map(composed.watch.modules.map(({ name, file }) => [name, normalizePath(file)]))
    this.#configs = new Map(
      plugins.flatMap(({ status, config }) =>
        config ? [[places.get(config) ?? path(config), status === 'included']] : [],
      ),
    )
    const graphs = Object.values(server?.environments ?? {}).map(({ moduleGraph }) => moduleGraph)
    this.#move(new Set(plugins.map(({ dir }) => path(dir))), graphs)
  }

  /** What lay in the folder of a plugin that is gone is loaded anew should it come back, in browsers too. */
  #move(folders: Set<string>, graphs: EnvironmentModuleGraph[]): void {
    for (const folder of this.#folders) {
      if (folders.has(folder)) continue
      this.#gone.add(folder)
      for (const graph of graphs) invalidate(graph, folder)
    }
    for (const folder of folders) this.#gone.delete(folder)
    this.#folders = folders
  }

  /** Whether it takes the next composition to say what an event means: an edit of a page waits for nobody. */
  matters(event: string, file: string): boolean {
    return event !== 'update' || this.#code.has(file) || this.#configs.has(file)
  }

  /**
   * The modules of a file that an event means something to. To the others it means nothing: they do what they did, or nobody
   * uses them any more.
   */
  concerned(
    environment: string,
    event: string,
    file: string,
    modules: EnvironmentModuleNode[],
  ): EnvironmentModuleNode[] {
    if (event === 'delete') {
      if (isIn(this.#gone, file)) return []
      return isIn(this.#folders, file) ? modules.filter((module) => !isUnused(module)) : modules
    }
    if (this.#configs.get(file) === false) return []
    if (event !== 'update' || !this.#code.has(file)) return modules
    const told = this.#told.get(file)
    if (told && !told.has(environment)) {
      told.add(environment)
      return modules
    }
    // The digest of a configuration leaves out its data, which is in the host; others who use the file take it from there,
    // as does a style sheet that is made of the classes in it.
    return this.#configs.has(file) ? modules.filter(isImportedByOthers) : []
  }
}

function isImportedByOthers({ importers }: EnvironmentModuleNode): boolean {
  return [...importers].some(({ id }) => !RESOLVED.test(id ?? ''))
}

function isIn(folders: Set<string>, file: string): boolean {
  return [...folders].some((folder) => file.startsWith(`${folder}/`))
}

/** Vite would reload: it knows of no importer that could accept the change, and there is none. */
function isUnused({ importers }: EnvironmentModuleNode): boolean {
  return importers.size === 0
}

function invalidate(graph: EnvironmentModuleGraph, folder: string): void {
  for (const [file, modules] of graph.fileToModulesMap)
    if (file.startsWith(`${folder}/`)) loadAnew(graph, modules)
}

/** Modules whose files are gone are loaded, and their files watched, anew should they come back; in browsers too. */
export function loadAnew(graph: EnvironmentModuleGraph, modules: Iterable<EnvironmentModuleNode>): void {
  const timestamp = Date.now()
  const seen = new Set<EnvironmentModuleNode>()
  for (const module of modules) graph.invalidateModule(module, seen, timestamp, true)
}
