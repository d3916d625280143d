import type { Rolldown } from 'vite'
import type { ImportGraph } from '../audit/borrowing.js'
import type { ExportGraph } from '../audit/components.js'
import type { ShellGraph } from '../audit/laziness.js'
import type { Graph } from '../graph/shared-code.js'

type Context = Pick<Rolldown.PluginContext, 'getModuleIds' | 'getModuleInfo'>

interface Info
  extends Pick<Rolldown.ModuleInfo, 'isEntry' | 'importedIds' | 'dynamicallyImportedIds' | 'importers'> {
  /** None of what is no module of ECMAScript. */
  exports: readonly string[] | undefined
}

/** The modules of a build as Rollup and Rolldown have them, each asked for once: asking is what costs. */
class ModuleGraph implements ShellGraph, ImportGraph, ExportGraph, Graph {
  readonly ids: readonly string[]
  readonly #context: Context
  readonly #known = new Map<string, Info>()

  constructor(context: Context) {
    this.#context = context
    this.ids = [...context.getModuleIds()]
  }

  isEntry = (id: string): boolean => this.#infoOf(id).isEntry
  imports = (id: string): readonly string[] => this.#infoOf(id).importedIds
  lazyImports = (id: string): readonly string[] => this.#infoOf(id).dynamicallyImportedIds
  importers = (id: string): readonly string[] => this.#infoOf(id).importers
  exports = (id: string): readonly string[] | undefined => this.#infoOf(id).exports

  #infoOf(id: string): Info {
    let info = this.#known.get(id)
    if (info === undefined) {
      info = read(this.#context.getModuleInfo(id))
      this.#known.set(id, info)
    }
    return info
  }
}

/** The part that is looked at; to keep all of it would keep the bundler's own module. */
function read(module: Rolldown.ModuleInfo | null): Info {
  if (module === null)
    return { isEntry: false, importedIds: [], dynamicallyImportedIds: [], importers: [], exports: undefined }
  const { isEntry, importedIds, dynamicallyImportedIds, importers } = module
  return { isEntry, importedIds, dynamicallyImportedIds, importers, exports: exportsOf(module) }
}

/**
 * Rollup has no modules but those of ECMAScript; what a plugin has made of CommonJS may have any name. Rolldown takes CommonJS
 * and JSON as they are, and early versions of it do not say so.
 */
function exportsOf(module: Rolldown.ModuleInfo): readonly string[] | undefined {
  if (!('hasDefaultExport' in module)) return module.inputFormat === 'es' ? module.exports : undefined
  const { exports, syntheticNamedExports } = module as { exports: string[]; syntheticNamedExports?: unknown }
  return syntheticNamedExports ? [...exports, '*'] : exports
}

/** The graphs of builds that have just ended, until all steps have looked at them. */
const graphs = new WeakMap<object, ModuleGraph>()

/** Reads the graph of a build anew, for all steps that look at it. */
export function readGraph(context: Context, build: object): ModuleGraph {
  const graph = new ModuleGraph(context)
  graphs.set(build, graph)
  return graph
}

/** The graph that another step has read, which is let go of, or one that is read now. */
export function takeGraph(context: Context, build: object): ModuleGraph {
  const graph = graphs.get(build) ?? new ModuleGraph(context)
  graphs.delete(build)
  return graph
}
