import type { Plugin, Rolldown } from 'vite'
import type { Session } from '../composition/session.js'
import { firstLoads } from '../graph/first-load.js'
import { ownership } from '../graph/ownership.js'
import { SHARED, sharedModules } from '../graph/shared-code.js'
import type { Around } from '../steps/surroundings.js'
import { takeGraph } from './module-graph.js'

type Output = Rolldown.OutputOptions
type Group = Rolldown.CodeSplittingGroup

/** The chunk of what the shell loads at once; with one page that is the page's own script. */
const SHELL = 'framework-m-shell'

const MANUAL_CHUNKS =
  '[framework-m] `manualChunks` decides alone which chunks there are, and a function that names a chunk after a folder ' +
  'makes the shell load plugins at once. Rolldown has `output.codeSplitting.groups` for it, which Vite 8 takes in ' +
  '`build.rolldownOptions`; with Rollup and Vite 7 leave it out: each plugin has a chunk of its own without it.'

/** Code that several plugins share goes to a chunk that the shell does not load. Rollup (Vite 7) has no such groups. */
export function sharesCode(session: Session, around: Around): Plugin {
  const places = new Map<string, Places>()
  return {
    name: 'framework-m:chunks',
    apply: 'build',
    sharedDuringBuild: true,
    buildEnd(failure) {
      const { name, build, isForBrowsers, preserveSymlinks, hasSeveralPages } = around(this)
      if (failure) return
      const graph = takeGraph(this, build)
      if (!this.meta.rolldownVersion || !isForBrowsers) return
      places.set(name, {
        shared: sharedModules(graph, ownership(session.composed, preserveSymlinks)),
        firstLoads: hasSeveralPages ? firstLoads(graph) : new Map(),
      })
    },
    outputOptions(output) {
      const { name, isForBrowsers, hasSeveralPages, keepsExports, log } = around(
        this as Rolldown.PluginContext,
      )
      if (!isForBrowsers) return undefined
      if (output.manualChunks) log.warn(MANUAL_CHUNKS)
      // Rolldown takes the options before it builds the graph, and asks when it has it.
      const hasGroups = this.meta.rolldownVersion && !keepsExports
      return hasGroups ? withSharedChunk(output, hasSeveralPages, () => places.get(name)) : undefined
    },
  }
}

/** Where modules belong that have a place of their own. */
interface Places {
  shared: Set<string>
  /** With several pages, a name for those that load a module at once; with one the graph need not be walked. */
  firstLoads: Map<string, string>
}

/**
 * The output options with two groups after the user's own, or `undefined` where they must stay as they are.
 *
 * A group captures what its modules import as well, so the shell's modules are spoken for first: without that group
 * React would move to the shared chunk, and the shell would load it. Plugins need no group, since each one is reached
 * by a single `import()`; a group a plugin would swallow the `import()`s its author wrote.
 * Source: "Manual code splitting" in Rolldown's guide.
 */
function withSharedChunk(
  output: Output,
  hasSeveralPages: boolean,
  places: () => Places | undefined,
): Output | undefined {
  if (!splits(output)) return undefined
  const key = output.codeSplitting === undefined && output.advancedChunks ? 'advancedChunks' : 'codeSplitting'
  const chosen = output[key]
  const options = typeof chosen === 'object' ? chosen : {}
  // Of two groups with the same priority the first wins, and no priority is lower than the one we leave unsaid.
  const theirs = options.groups ?? []
  return { ...output, [key]: { ...options, groups: [...theirs, ...ourGroups(hasSeveralPages, places)] } }
}

/** Manual chunks and ours exclude each other; so do ours and an output that is a single file. */
function splits(output: Output): boolean {
  const single = output.codeSplitting === false || output.inlineDynamicImports || output.preserveModules
  const scripts = output.format === 'iife' || output.format === 'umd'
  return !(single || scripts || output.manualChunks)
}

function ourGroups(hasSeveralPages: boolean, places: () => Places | undefined): Group[] {
  const pages = (id: string) => {
    const label = places()?.firstLoads.get(id)
    return label === undefined ? SHELL : `${SHELL}-${label}`
  }
  const whole = { minSize: 0, minShareCount: 1, entriesAware: false }
  return [
    {
      ...whole,
      debugName: SHELL,
      // What a module imports is loaded by the same pages, or by more: then it has a chunk of another name.
      name: hasSeveralPages ? pages : SHELL,
      tags: ['$initial'],
      includeDependenciesRecursively: false,
    },
    {
      ...whole,
      name: SHARED,
      test: (id) => places()?.shared.has(id) ?? false,
      includeDependenciesRecursively: true,
    },
  ]
}
