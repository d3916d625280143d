import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Report } from './report.js'

/** In the output folder. */
export const REPORT = '.framework-m/composition.json'

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

/** Writes a report into an output folder. */
export function writeReport(folder: string, report: Report): void {
  const file = join(folder, REPORT)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, printed(report))
}

/** A report as the text of its file. */
export function printed(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}

function noReport(file: string): string {
  return `[framework-m] the option \`baseline\` names ${file}, which is not the composition.json of a build. Build once without the option, and keep \`${REPORT}\` from the output folder.`
}
