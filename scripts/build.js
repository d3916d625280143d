/** Builds the native binding, the command and the npm packages. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { native } from './native.js'
import { compilePackages } from './packages.js'
import { root, step } from './run.js'

export async function build() {
  step('Building the composer (Rust, release)')
  native(['--release'])
  const { compositionSchema, diagnosticsSchema, explainSchema, singletonsSchema } = await import(
    '@framework-m/composer'
  )
  const schemas = join(root, 'npm/composer/schema')
  writeFileSync(join(schemas, 'composition.json'), `${compositionSchema()}\n`)
  writeFileSync(join(schemas, 'explain.json'), `${explainSchema()}\n`)
  writeFileSync(join(schemas, 'doctor.json'), `${singletonsSchema()}\n`)
  writeFileSync(join(schemas, 'diagnostics.json'), `${diagnosticsSchema()}\n`)
  compilePackages()
  const { printSizes } = await import('./size.js')
  await printSizes()
}

if (import.meta.filename === process.argv[1]) await build()
