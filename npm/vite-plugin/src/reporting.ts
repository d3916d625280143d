import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Plugin } from 'vite'
import type { Budgets } from './budgets.js'
import { tell } from './checks.js'
import { measured, uncompressed } from './measure.js'
import { ownership } from './ownership.js'
import { packages } from './packages.js'
import { type Bundle, filesOf, plain, type Report, reportOf } from './report.js'
import type { Session } from './session.js'
import type { Around } from './surroundings.js'
import { table } from './table.js'

/** In the output folder. */
export const REPORT = '.framework-m/composition.json'

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
      // Vite empties the output folder before it writes to it; elsewhere the folder is known by then.
      const replaced = () => (outDir === undefined ? undefined : reportIn(outDir))
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
        const report = reportOf(written, session.composed, sizes, ownerOf, packages())
        budgets.apply(report, before.get(name) ?? reportIn(folder))
        write(join(folder, REPORT), report)
        log.info(`\n${table(report)}\n`)
        tell(this, log, budgets.findings(report), session)
      },
    },
  }
}

/** The report that the option `baseline` names. Throws where it names none. */
export function baselineAt(file: string): Report {
  const report = read(file)
  if (!report) throw new Error(noReport(file))
  return report
}

/** What the build before wrote into an output folder; none if there is none that this version understands. */
export function reportIn(folder: string): Report | undefined {
  return read(join(folder, REPORT))
}

function read(file: string): Report | undefined {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    return isReport(report) ? report : undefined
  } catch {
    return undefined
  }
}

function isReport(value: unknown): value is Report {
  const { schemaVersion, plugins } = (value ?? {}) as Partial<Report>
  const isPart = (plugin: unknown) => {
    const { name, size, packages } = (plugin ?? {}) as Report['plugins'][number]
    return typeof name === 'string' && typeof size?.raw === 'number' && typeof packages === 'object'
  }
  return schemaVersion === 1 && Array.isArray(plugins) && plugins.every(isPart)
}

function write(file: string, report: Report): void {
  mkdirSync(resolve(file, '..'), { recursive: true })
  writeFileSync(file, printed(report))
}

export function printed(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}

function noReport(file: string): string {
  return `[framework-m] the option \`baseline\` names ${file}, which is not the composition.json of a build. Build once without the option, and keep \`${REPORT}\` from the output folder.`
}
