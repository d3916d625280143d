import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Plugin } from 'vite'
import type { Session } from '../composition/session.js'
import { type Bundle, filesOf, plain } from '../graph/bundle.js'
import { ownership } from '../graph/ownership.js'
import type { Budgets } from '../report/budgets.js'
import { baselineAt, reportIn, writeReport } from '../report/file.js'
import { measured, uncompressed } from '../report/measure.js'
import { packages } from '../report/packages.js'
import { type Report, reportOf } from '../report/report.js'
import { table } from '../report/table.js'
import type { Around } from '../steps/surroundings.js'
import { tell } from './checks.js'

/**
 * Writes what the build made of each plugin to `.framework-m/composition.json` in the output folder, prints it, and ends
 * the build where a plugin exceeds its budget.
 */
export function reports(
  budgets: Budgets,
  baseline: string | undefined,
  session: Session,
  around: Around,
): Plugin {
  /** By environment: a build of several writes to several folders. */
  const before = new Map<string, Report | undefined>()
  return {
    name: 'framework-m:report',
    apply: 'build',
    buildStart() {
      const { name, isForBrowsers, root, outDir } = around(this)
      if (!isForBrowsers) return
      // Vite empties the output folder before it writes to it; elsewhere the folder is known by then. Only budgets look back.
      const replaced = () => (outDir !== undefined && budgets.areSet ? reportIn(outDir) : undefined)
      before.set(name, baseline === undefined ? replaced() : baselineAt(resolve(root, baseline)))
    },
    writeBundle: {
      // After Vite's own list of files.
      order: 'post',
      async handler(output, bundle) {
        const { name, isForBrowsers, preserveSymlinks, folder: base, outDir, compresses, log } = around(this)
        if (!isForBrowsers) return
        const folder = resolve(base, output.dir ?? outDir ?? dirname(output.file ?? '.'))
        const written = plain(bundle as Bundle)
        const path = (file: string) => join(folder, file)
        const sizes =
          compresses || budgets.areSet
            ? await measured(filesOf(written), (file) => readFileSync(path(file)))
            : uncompressed(filesOf(written), (file) => statSync(path(file)).size)
        const ownerOf = ownership(session.composed, preserveSymlinks)
        const report = reportOf(
          written,
          session.composed,
          sizes,
          ownerOf,
          packages(session.composed, ownerOf),
        )
        if (budgets.areSet) budgets.apply(report, before.get(name) ?? reportIn(folder))
        writeReport(folder, report)
        log.info(`\n${table(report)}\n`)
        tell(this, log, budgets.findings(report), session)
      },
    },
  }
}
