/** What a diagnostic code means: the text of its page in `docs/diagnostics`. */
import { type DiagnosticCode, diagnosticCodes } from '../index.js'

/** A kind of diagnostic, by its code in either case (`FM2003`) or by its name (`route-conflict`). */
export function findCode(asked: string): DiagnosticCode | undefined {
  const code = asked.toUpperCase()
  return diagnosticCodes().find((known) => known.code === code || known.name === asked)
}

/** The page of a code as a terminal shows it: Markdown, without fences around its files. */
export function pageOf({ code, name, severity, explanation }: DiagnosticCode): string {
  const text = explanation
    .replaceAll(/^```(\w+) (.+)$/gm, '─── $2')
    .replaceAll(/^```(?:\n|$)/gm, '')
    .replaceAll(/^# /gm, '')
  return `${severity} ${code} ${name}\n\n${text.trim()}\n\nAnother severity, or none: \`severity: { ${code}: 'off' }\` in the shell's options.`
}
