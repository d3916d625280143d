/**
 * esbuild: all configurations in one bundle, `buildSync({ stdin, bundle: true, write: false, format: 'esm' })`, and the
 * bundle is imported. One bundle for all is much faster than one for each. Pages stay outside of it.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'
import { contributions } from '../../answer.mjs'
import { configs } from './configs.mjs'
import { print } from './print.mjs'

export const label = 'esbuild, one bundle, imported'

let bundles = 0

export async function run(input) {
  const files = configs(input)
  const { outputFiles } = buildSync({
    stdin: {
      contents: `export default [${files.map((_, index) => `c${index}`)}]\n${imports(files)}`,
      resolveDir: input.root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    external: ['./src/pages/*'],
    logLevel: 'error',
  })
  const bundle = join(tmpdir(), `framework-m-bench-${process.pid}-${bundles++}.mjs`)
  writeFileSync(bundle, outputFiles[0].contents)
  try {
    const { default: values } = await import(pathToFileURL(bundle).href)
    const plugins = values.map((value, index) => ({ file: files[index], value }))
    return { plugins, module: print(input.root, plugins) }
  } finally {
    rmSync(bundle)
  }
}

const imports = (files) =>
  files.map((file, index) => `import c${index} from ${JSON.stringify(file)}\n`).join('')

export const answer = ({ plugins }) => contributions(plugins.map(({ value }) => value))
