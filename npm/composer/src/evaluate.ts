/** `framework-m evaluate FILE…` */
import { type Evaluated, evaluateFiles } from '../index.js'
import { type Invocation, UsageError } from './invocation.js'
import { locate } from './options.js'
import { exitCode, printFrames } from './report.js'

export function evaluate(invocation: Invocation): number {
  if (invocation.words.length === 0) throw new UsageError('`evaluate` needs a file')
  const modules = evaluateFiles(invocation.words, locate(invocation))
  for (const module of modules) {
    if (invocation.options.json) console.log(stringify(module))
    else printModule(module)
  }
  return exitCode(modules.flatMap(({ diagnostics }) => diagnostics))
}

function printModule({ file, exports, diagnostics }: Evaluated): void {
  console.log(file)
  for (const [name, value] of Object.entries(exports)) {
    console.log(`  ${name} = ${JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')}`)
  }
  printFrames(diagnostics, console.log)
  console.log()
}

/** JSON has a negative zero, and `JSON.stringify` does not write it. */
function stringify(value: unknown): string {
  const zero = '\0-0'
  const text = JSON.stringify(value, (_, item) => (Object.is(item, -0) ? zero : item))
  return text.replaceAll(JSON.stringify(zero), '-0')
}
