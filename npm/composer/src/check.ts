/** `framework-m check` */
import { Composer, type Diagnostic } from '../index.js'
import { type Invocation, UsageError } from './invocation.js'
import { locate } from './options.js'
import { exitCode, printFrames, summary } from './report.js'
import { sarif } from './sarif.js'

const formats: Record<string, (diagnostics: Diagnostic[]) => void> = {
  pretty: (diagnostics) => {
    printFrames(diagnostics, console.log)
    if (diagnostics.length === 0) console.log(summary(diagnostics))
  },
  json: (diagnostics) => console.log(JSON.stringify(diagnostics, null, 2)),
  github: (diagnostics) => {
    for (const diagnostic of diagnostics) console.log(annotation(diagnostic))
  },
  sarif: (diagnostics) => console.log(JSON.stringify(sarif(diagnostics), null, 2)),
}

export function check(invocation: Invocation): number {
  const format = invocation.options.format ?? (invocation.options.json ? 'json' : 'pretty')
  const print = Object.hasOwn(formats, format) ? formats[format] : undefined
  if (!print) throw new UsageError(`\`${format}\` is not a format: ${Object.keys(formats).join(', ')}`)
  const { diagnostics } = new Composer(locate(invocation, format !== 'pretty')).compose()
  print(diagnostics)
  return exitCode(diagnostics)
}

/** A workflow command of GitHub Actions: `::error file=…,line=…::message`. */
function annotation({ code, severity, message, labels: [label], help }: Diagnostic): string {
  const level = severity === 'info' ? 'notice' : severity
  const place = label && {
    file: label.file,
    line: label.line,
    endLine: label.endLine,
    ...(label.line === label.endLine && { col: label.column, endColumn: label.endColumn }),
  }
  const properties = Object.entries({ ...place, title: code }).map(
    ([key, value]) => `${key}=${escapeProperty(value)}`,
  )
  return `::${level} ${properties.join(',')}::${escapeData([message, help].filter(Boolean).join(' '))}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(value: string | number): string {
  return escapeData(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
