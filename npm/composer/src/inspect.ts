/** `framework-m inspect` */
import { Composer } from '../index.js'
import type { Invocation } from './invocation.js'
import { locate } from './options.js'
import { exitCode, printFrames } from './report.js'

export function inspect(invocation: Invocation): number {
  const { composition, tree, diagnostics } = new Composer(locate(invocation)).compose()
  console.log(invocation.options.json ? JSON.stringify(composition, null, 2) : tree)
  printFrames(invocation.options.json ? [] : diagnostics, console.error)
  return exitCode(diagnostics)
}
