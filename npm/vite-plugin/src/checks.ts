import type { Finding } from '@framework-m/composer'
import { createFilter } from '@rollup/pluginutils'
import type { Plugin, Rolldown } from 'vite'
import { borrowedCode } from './borrowing.js'
import { eagerChunks } from './eager-chunks.js'
import { Evidence, moduleName } from './evidence.js'
import { eagerCode } from './laziness.js'
import { ownership } from './ownership.js'
import { errorsIn, print, summary } from './print.js'
import type { Bundle } from './report.js'
import type { Session } from './session.js'
import type { Around, Log } from './surroundings.js'

/** Whether the shell is meant to load a module of a plugin along with its own. */
export type IsAllowed = (id: string) => boolean

/** `eager` is globs of files, relative to the workspace root. */
export function allowance(eager: string[], root: string): IsAllowed {
  return eager.length > 0 ? createFilter(eager, undefined, { resolve: root }) : () => false
}

/** Ends a build in which the shell loads plugins, or a plugin uses another that it does not depend on. */
export function checks(eager: string[], session: Session, around: Around): Plugin {
  // What the modules have been found guilty of is not found again in the chunks made of them.
  let guilty = new Set<string>()
  return {
    name: 'framework-m:checks',
    apply: 'build',
    async buildEnd(failure) {
      if (failure) return
      const { isForBrowsers, preserveSymlinks, log } = around(this)
      const { composed } = session
      const graph = graphOf(this)
      const ownerOf = ownership(composed, preserveSymlinks)
      const evidence = new Evidence(composed, {
        importsIn: (file) => session.importsIn(file),
        resolve: async (specifier, importer) => (await this.resolve(specifier, importer))?.id,
      })
      const isAllowed = allowance(eager, composed.root)
      const code = isForBrowsers ? eagerCode(graph, ownerOf, isAllowed) : []
      guilty = new Set(code.map(({ plugin }) => plugin))
      const findings = [
        ...(await evidence.eager(code)),
        ...(await evidence.borrowed(borrowedCode(graph, ownerOf, composed))),
      ]
      tell(this, log, findings, session)
    },
    generateBundle(_, bundle) {
      const { isForBrowsers, preserveSymlinks, log } = around(this)
      if (!isForBrowsers) return
      const { composed } = session
      const ownerOf = ownership(composed, preserveSymlinks)
      const found = eagerChunks(bundle as Bundle, ownerOf, allowance(eager, composed.root))
      const findings = found
        .filter(({ plugin }) => !guilty.has(plugin))
        .map(({ plugin, chain, module }) => ({
          kind: 'eager-chunk' as const,
          plugin,
          chain,
          module: moduleName(module, composed.root),
        }))
      tell(this, log, findings, session)
    },
  }
}

/** Prints what there is to say, and ends the build where that is an error. */
export function tell(context: Rolldown.PluginContext, log: Log, findings: Finding[], session: Session): void {
  if (findings.length === 0) return
  const diagnostics = session.judge(findings)
  const errors = errorsIn(diagnostics)
  print(
    diagnostics.filter((diagnostic) => !errors.includes(diagnostic)),
    log,
  )
  if (errors.length > 0) context.error(summary(errors, 'build'))
}

/** Each module is asked for once: asking is what costs. */
function graphOf(context: Rolldown.PluginContext) {
  const known = new Map<string, Pick<Rolldown.ModuleInfo, 'importedIds' | 'dynamicallyImportedIds'>>()
  const moduleOf = (id: string) => {
    const found = known.get(id) ?? read(context.getModuleInfo(id))
    known.set(id, found)
    return found
  }
  return {
    ids: [...context.getModuleIds()],
    isEntry: (id: string) => context.getModuleInfo(id)?.isEntry ?? false,
    imports: (id: string) => moduleOf(id).importedIds,
    lazyImports: (id: string) => moduleOf(id).dynamicallyImportedIds,
    importers: (id: string) => context.getModuleInfo(id)?.importers ?? [],
  }
}

function read(module: Rolldown.ModuleInfo | null) {
  return {
    importedIds: module?.importedIds ?? [],
    dynamicallyImportedIds: module?.dynamicallyImportedIds ?? [],
  }
}
