import type { Diagnostic } from '@framework-m/composer'
import type { Compilation, Compiler } from 'webpack'
import { drawn } from '../composition/print.js'

/** Under which the compiler's hooks and logs know us. */
export const NAME = 'framework-m'

/** Adds diagnostics to the compiler's own errors and warnings: an error ends a build as any other does. */
export function say(compiler: Compiler, compilation: Compilation, diagnostics: Diagnostic[]): void {
  for (const diagnostic of diagnostics) {
    const { severity, labels } = diagnostic
    if (severity === 'info') {
      compilation.getLogger(NAME).info(drawn(diagnostic))
      continue
    }
    const file = labels[0] && { file: labels[0].file }
    const said = Object.assign(new compiler.webpack.WebpackError(drawn(diagnostic)), {
      hideStack: true,
      ...file,
    })
    compilation[severity === 'error' ? 'errors' : 'warnings'].push(said)
  }
}
