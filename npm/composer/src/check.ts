/** `framework-m check` */
import { Composer, type Diagnostic } from '../index.js'
import { annotation } from './annotation.js'
import { type Invocation, suggestion, UsageError } from './invocation.js'
import { locate } from './options.js'
import { outside } from './outside.js'
import { checkTarballs } from './pack.js'
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

export async function check(invocation: Invocation): Promise<number> {
  const { options } = invocation
  const format = options.format ?? (options.json ? 'json' : 'pretty')
  const print = Object.hasOwn(formats, format) ? formats[format] : undefined
  if (!print)
    throw new UsageError(`\`${format}\` is not a format. ${suggestion(format, Object.keys(formats))}`)
  const composer = new Composer(locate(invocation, format !== 'pretty'))
  const { diagnostics, root } = composer.compose()
  if (options.pack) {
    const packing = await checkTarballs(composer, root)
    diagnostics.push(...packing.diagnostics)
    // Machines read what is printed to stdout.
    for (const line of packing.lines) (format === 'pretty' ? console.log : console.error)(line)
  }
  print(diagnostics)
  const stranger = format === 'pretty' && outside(root, options['metadata-key'] ?? 'framework-m', ['.'])
  if (stranger) console.error(stranger)
  return exitCode(diagnostics)
}
