import { join } from 'node:path'
import type { Diagnostic } from '@framework-m/composer'
import type { ErrorPayload } from 'vite'

/** Where a bundler wants messages to go. */
export type Log = Record<'info' | 'warn' | 'error', (text: string) => void>

const METHOD = { error: 'error', warning: 'warn', info: 'info' } as const

export function print(diagnostics: Diagnostic[], log: Log): void {
  for (const diagnostic of diagnostics) log[METHOD[diagnostic.severity]](drawn(diagnostic))
}

export function errorsIn(diagnostics: Diagnostic[]): Diagnostic[] {
  return diagnostics.filter((diagnostic) => diagnostic.severity === 'error')
}

/** One message that holds every error, for a build that ends with it. */
export function summary(errors: Diagnostic[], where: 'composition' | 'build' = 'composition'): string {
  return `${headline(errors, where)}\n\n${errors.map(drawn).join('\n\n')}`
}

function headline({ length }: Diagnostic[], where: string): string {
  return `Framework M found ${length === 1 ? '1 error' : `${length} errors`} in the ${where}.`
}

/**
 * The errors as Vite's overlay in the browser takes them: with a click it opens the file, so the path is absolute. What looks
 * like source lines Vite takes out of a message that has a frame, so all of them are in the frame.
 */
export function overlay(errors: Diagnostic[], root: string): ErrorPayload['err'] | undefined {
  const [first] = errors
  if (first === undefined) return undefined
  const [label] = first.labels
  const file = label && join(root, label.file)
  return {
    message: errors.length === 1 ? `${first.code} ${first.message}` : headline(errors, 'composition'),
    stack: '',
    plugin: 'framework-m',
    frame: errors.map(drawn).join('\n\n'),
    ...(label && file && { id: file, loc: { file, line: label.line, column: label.column } }),
  }
}

/** A diagnostic as a person reads it, with its source lines. */
export function drawn({ frame, code, message }: Diagnostic): string {
  return frame || `${code} ${message}`
}
