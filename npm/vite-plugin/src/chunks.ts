import type { Logger, Plugin, Rolldown } from 'vite'
import { ownership, sharedModules } from './ownership.js'
import type { Session } from './session.js'

type Output = Rolldown.OutputOptions
type Group = Rolldown.CodeSplittingGroup

/** The chunk of the code that several plugins share. */
const SHARED = 'framework-m-shared'

const MANUAL_CHUNKS =
  '[framework-m] `manualChunks` decides alone which chunks there are, and a function that names a chunk after a folder ' +
  'makes the shell load plugins at once. Use `build.rolldownOptions.output.codeSplitting.groups` on Vite 8; on Vite 7 ' +
  'leave it out: each plugin has a chunk of its own without it.'

/** Code that several plugins share goes to a chunk that the shell does not load. Rollup (Vite 7) has no such groups. */
export function sharesCode(session: Session): Plugin {
  const shared = new Map<string, Set<string>>()
  let logger: Logger
  return {
    name: 'framework-m:chunks',
    apply: 'build',
    sharedDuringBuild: true,
    configResolved(config) {
      logger = config.logger
    },
    buildEnd() {
      if (!this.meta.rolldownVersion) return
      const importers = (id: string) => {
        const module = this.getModuleInfo(id)
        return module ? [...module.importers, ...module.dynamicImporters] : []
      }
      const modules = sharedModules({ ids: this.getModuleIds(), importers }, ownership(session.composed))
      shared.set(this.environment.name, modules)
    },
    outputOptions(output) {
      const { name, config } = this.environment
      if (config.consumer !== 'client') return undefined
      if (output.manualChunks) logger.warn(MANUAL_CHUNKS)
      if (!this.meta.rolldownVersion) return undefined
      return withSharedChunk(output, (id) => shared.get(name)?.has(id) ?? false)
    },
  }
}

/**
 * The output options with two groups after the user's own, or `undefined` where they must stay as they are.
 *
 * A group captures what its modules import as well, so the shell's modules are spoken for first: without that group
 * React would move to the shared chunk, and the shell would load it. Plugins need no group, since each one is reached
 * by a single `import()`; a group a plugin would swallow the `import()`s its author wrote.
 * Source: "Manual code splitting" in Rolldown's guide.
 */
export function withSharedChunk(output: Output, isShared: (id: string) => boolean): Output | undefined {
  if (!splits(output)) return undefined
  const key = output.codeSplitting === undefined && output.advancedChunks ? 'advancedChunks' : 'codeSplitting'
  const chosen = output[key]
  const options = typeof chosen === 'object' ? chosen : {}
  // Of two groups with the same priority the first wins, and no priority is lower than the one we leave unsaid.
  const theirs = options.groups ?? []
  return { ...output, [key]: { ...options, groups: [...theirs, ...ourGroups(isShared)] } }
}

/** Manual chunks and ours exclude each other; so do ours and an output that is a single file. */
function splits(output: Output): boolean {
  const single = output.codeSplitting === false || output.inlineDynamicImports || output.preserveModules
  const scripts = output.format === 'iife' || output.format === 'umd'
  return !(single || scripts || output.manualChunks)
}

function ourGroups(isShared: (id: string) => boolean): Group[] {
  const whole = { minSize: 0, minShareCount: 1, includeDependenciesRecursively: true }
  return [
    // Aware of entries: with several pages, one page's first load stays out of another's.
    { ...whole, name: 'framework-m-shell', tags: ['$initial'], entriesAware: true },
    { ...whole, name: SHARED, test: isShared },
  ]
}
