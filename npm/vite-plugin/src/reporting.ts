import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Plugin, ResolvedConfig } from 'vite'
import type { Budgets } from './budgets.js'
import { tell } from './checks.js'
import { measured } from './measure.js'
import { ownership } from './ownership.js'
import { packages } from './packages.js'
import { type Bundle, filesOf, type Report, reportOf } from './report.js'
import type { Session } from './session.js'
import { table } from './table.js'

/** In the output folder. */
const FILE = '.framework-m/composition.json'

/**
 * Writes what the build made of each plugin to `.framework-m/composition.json` in the output folder, prints it, and ends
 * the build where a plugin exceeds its budget.
 */
export function reports(budgets: Budgets, baseline: string | undefined, session: Session): Plugin {
  let before: Report | undefined
  return {
    name: 'framework-m:report',
    apply: 'build',
    buildStart() {
      const { config } = this.environment
      if (config.consumer !== 'client') return
      // The output folder is emptied before it is written to.
      if (baseline === undefined) before = read(join(outputFolder(config), FILE))
      else {
        before = read(resolve(config.root, baseline))
        if (!before) this.error(noReport(resolve(config.root, baseline)))
      }
    },
    writeBundle: {
      // After Vite's own list of files.
      order: 'post',
      async handler(output, bundle) {
        const { config } = this.environment
        if (config.consumer !== 'client') return
        const folder = output.dir ?? outputFolder(config)
        const written = bundle as Bundle
        const sizes = await measured(folder, filesOf(written))
        const ownerOf = ownership(session.composed, config.resolve.preserveSymlinks)
        const report = reportOf(written, session.composed, sizes, ownerOf, packages())
        budgets.apply(report, before)
        write(join(folder, FILE), report)
        config.logger.info(`\n${table(report)}\n`)
        tell(this, budgets.findings(report), session)
      },
    },
  }
}

function outputFolder({ root, build }: ResolvedConfig): string {
  return resolve(root, build.outDir)
}

/** A report that an earlier build wrote; none if there is none that this version understands. */
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
    return typeof name === 'string' && typeof size?.gzip === 'number' && typeof packages === 'object'
  }
  return schemaVersion === 1 && Array.isArray(plugins) && plugins.every(isPart)
}

function write(file: string, report: Report): void {
  mkdirSync(resolve(file, '..'), { recursive: true })
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
}

function noReport(file: string): string {
  return `[framework-m] the option \`baseline\` names ${file}, which is not the composition.json of a build. Build once without the option, and keep \`${FILE}\` from the output folder.`
}
