import type { Composed, Finding } from '@framework-m/composer'
import { createFilter } from '@rollup/pluginutils'
import type { Bundle } from '../graph/bundle.js'
import type { OwnerOf } from '../graph/ownership.js'
import { absences, isStandIn } from './absence.js'
import { borrowedCode, type ImportGraph } from './borrowing.js'
import { absentComponents, type ExportGraph } from './components.js'
import { eagerChunks } from './eager-chunks.js'
import { Evidence, moduleName, type Places } from './evidence.js'
import { eagerCode, type ShellGraph } from './laziness.js'

/** Whether the shell is meant to load a module of a plugin along with its own. */
type IsAllowed = (id: string) => boolean

/** `eager` is globs of files, relative to the workspace root. */
export function allowance(eager: string[], root: string): IsAllowed {
  return eager.length > 0 ? createFilter(eager, undefined, { resolve: root }) : () => false
}

/** Looks at a build for what plugins must not do to the shell and to each other: at its modules, then at its chunks. */
export class Audit {
  readonly #composed: Composed
  readonly #ownerOf: OwnerOf
  readonly #isAllowed: IsAllowed
  /** What the modules have been found guilty of is not found again in the chunks made of them. */
  readonly #guilty = new Set<string>()
  /** The modules that import what stands for the SDK's root, if anything does. */
  #withoutPeers: readonly string[] = []

  constructor(composed: Composed, ownerOf: OwnerOf, eager: string[]) {
    this.#composed = composed
    this.#ownerOf = ownerOf
    this.#isAllowed = allowance(eager, composed.root)
  }

  async modules(
    graph: ShellGraph & ImportGraph & ExportGraph,
    places: Places,
    isForBrowsers: boolean,
  ): Promise<Finding[]> {
    const standIn = graph.ids.find(isStandIn)
    this.#withoutPeers = standIn === undefined ? [] : graph.importers(standIn)
    const evidence = new Evidence(this.#composed, places)
    const code = isForBrowsers ? eagerCode(graph, this.#ownerOf, this.#isAllowed) : []
    for (const { plugin } of code) this.#guilty.add(plugin)
    const borrowed = borrowedCode(graph, this.#ownerOf, this.#composed)
    return [
      ...(await evidence.eager(code)),
      ...(await evidence.borrowed(borrowed)),
      ...this.components(graph),
    ]
  }

  /** The components that are not where plugins take them from. */
  components(graph: ExportGraph): Finding[] {
    return absentComponents(graph, this.#composed)
  }

  /** What the app cannot do without, and is not installed. */
  absences(bundle: Bundle): Finding[] {
    return this.#withoutPeers.length === 0 ? [] : absences(bundle, this.#withoutPeers)
  }

  chunks(bundle: Bundle): Finding[] {
    const found = eagerChunks(bundle, this.#ownerOf, this.#isAllowed)
    return found
      .filter(({ plugin }) => !this.#guilty.has(plugin))
      .map(({ plugin, chain, module }) => ({
        kind: 'eager-chunk',
        plugin,
        chain,
        module: moduleName(module, this.#composed.root),
      }))
  }
}
