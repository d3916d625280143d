/** Builds the native binding, the command and the npm packages. */
import { native } from './native.js'
import { compilePackages } from './packages.js'
import { step } from './run.js'

export async function build() {
  step('Building the composer (Rust, release)')
  native(['--release'])
  compilePackages()
  const { printSizes } = await import('./size.js')
  await printSizes()
}

if (import.meta.filename === process.argv[1]) await build()
