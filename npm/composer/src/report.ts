/** What is wrong, on its way out. */
import { styleText } from 'node:util'
import type { Diagnostic } from '../index.js'

/** Prints the frames and a line that counts them. */
export function printFrames(diagnostics: Diagnostic[], print: (line: string) => void): void {
  for (const { frame } of diagnostics) print(`${frame}\n`)
  if (diagnostics.length > 0) print(summary(diagnostics))
}

/** `2 errors, 1 warning` */
export function summary(diagnostics: Diagnostic[]): string {
  const counts = (['error', 'warning', 'info'] as const).map((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
    const noun = severity === 'info' ? 'remark' : severity
    return count && `${count} ${noun}${count === 1 ? '' : 's'}`
  })
  return counts.filter(Boolean).join(', ') || 'nothing to report'
}

/** 1 if there are errors. */
export function exitCode(diagnostics: Diagnostic[]): number {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? 1 : 0
}

/** Prints what ended a command, with whatever else there is to say, to stderr. */
export function printError(error: unknown, more = ''): void {
  const label = process.stderr.isTTY && !process.env.NO_COLOR ? styleText(['red', 'bold'], 'error') : 'error'
  console.error(`${label}: ${error instanceof Error ? error.message : error}${more}`)
}
