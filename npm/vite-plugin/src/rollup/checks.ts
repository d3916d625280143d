import type { Finding } from '@framework-m/composer'
import type { Plugin, Rolldown } from 'vite'
import { Audit } from '../audit/audit.js'
import { errorsIn, type Log, print, summary } from '../composition/print.js'
import type { Session } from '../composition/session.js'
import type { Bundle } from '../graph/bundle.js'
import { ownership } from '../graph/ownership.js'
import type { Around } from '../steps/surroundings.js'
import { readGraph } from './module-graph.js'

/** Ends a build in which the shell loads plugins, or a plugin uses another that it does not depend on. */
export function checks(eager: string[], session: Session, around: Around): Plugin {
  const audits = new Map<string, Audit>()
  return {
    name: 'framework-m:checks',
    apply: 'build',
    async buildEnd(failure) {
      // Of what a component's own module misses Rollup speaks first, and names our modules.
      if (failure && (failure as { code?: string }).code !== 'MISSING_EXPORT') return
      const { name, build, isForBrowsers, preserveSymlinks, log } = around(this)
      const { composed } = session
      const audit = new Audit(composed, ownership(composed, preserveSymlinks), eager)
      audits.set(name, audit)
      const places = {
        importsIn: (file: string) => session.importsIn(file),
        resolve: async (specifier: string, importer: string) => (await this.resolve(specifier, importer))?.id,
      }
      const graph = readGraph(this, build)
      const findings = failure ? audit.components(graph) : await audit.modules(graph, places, isForBrowsers)
      tell(this, log, findings, session)
    },
    generateBundle(_, bundle) {
      const { name, isForBrowsers, log } = around(this)
      const audit = audits.get(name)
      const absences = audit?.absences(bundle as Bundle) ?? []
      const chunks = (isForBrowsers && audit?.chunks(bundle as Bundle)) || []
      tell(this, log, [...absences, ...chunks], session)
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
