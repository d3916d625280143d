/** Diagnostics as workflow commands of GitHub Actions, which show them beside the lines that they speak of. */
import type { Diagnostic } from '../index.js'

/**
 * `::error file=…,line=…::message`, with every other place in the text, since an annotation has one. In properties a comma
 * and a colon have a meaning, in both `%` and the ends of lines. Source: `escapeData` and `escapeProperty` of
 * `@actions/core`.
 */
export function annotation({ code, name, severity, message, labels, help }: Diagnostic): string {
  const [label, ...others] = labels
  const place = label && {
    file: label.file,
    line: label.line,
    endLine: label.endLine,
    // GitHub refuses columns where there are several lines.
    ...(label.line === label.endLine && { col: label.column, endColumn: label.endColumn }),
  }
  const properties = Object.entries({ ...place, title: `${code} ${name}` }).map(
    ([key, value]) => `${key}=${escapeProperty(value)}`,
  )
  const places = others.map(({ file, line, column, text }) => `${file}:${line}:${column} ${text}`)
  const text = [message, label?.text, ...places, help].filter(Boolean).join('\n')
  return `::${severity === 'info' ? 'notice' : severity} ${properties.join(',')}::${escapeData(text)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(value: string | number): string {
  return escapeData(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
