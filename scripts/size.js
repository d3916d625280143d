/** What a shell downloads of the SDK, as bytes of gzip, minified by Rolldown. Dependencies and peers are not counted. */
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { root } from './run.js'

const external = /^(react|semver)/

/** Code that is imported when it is needed is not part of what the entry downloads. */
const lazily = {
  name: 'lazily',
  resolveId: (id, _, { kind }) => (kind === 'dynamic-import' ? { id, external: true } : undefined),
}

const entry = (statement) => ({
  name: 'entry',
  resolveId: (id) => (id === 'entry' ? id : undefined),
  load: (id) => (id === 'entry' ? statement : undefined),
})

/** The size of what a statement such as `export * from '…'` downloads at once. */
export async function sizeOf(statement) {
  const bundle = await rolldown({
    input: 'entry',
    external,
    preserveEntrySignatures: 'strict',
    plugins: [entry(statement), lazily],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  return gzipSync(output[0].code).length
}

/** What is downloaded later, by the name of the module that is asked for. */
async function laterSizes(statement) {
  const bundle = await rolldown({ input: 'entry', external, plugins: [entry(statement)] })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  const later = output.filter(({ isDynamicEntry }) => isDynamicEntry)
  return Object.fromEntries(later.map(({ name, code }) => [name, gzipSync(code).length]))
}

/** Everything that a file of the SDK exports. */
function everythingOf(file) {
  return `export * from ${JSON.stringify(join(root, 'npm/plugin-sdk/dist', file))}`
}

/** The sizes that the SDK promises, with their limits. */
export async function sdkSizes() {
  const core = await sizeOf(everythingOf('core.js'))
  const all = await sizeOf(everythingOf('index.js'))
  return {
    core: { size: core, limit: 8_000 },
    react: { size: all - core, limit: 5_000 },
    later: await laterSizes(everythingOf('core.js')),
  }
}

const kilobytes = (size) => `${(size / 1000).toFixed(1)} kB`

/** Prints the sizes, and fails where one is over its limit. */
export async function printSizes() {
  const { core, react, later } = await sdkSizes()
  console.log(`@framework-m/plugin-sdk, gzip, without dependencies and peers:
  /core ${kilobytes(core.size)} of ${kilobytes(core.limit)} at most, and when they are needed ${kilobytes(later.life)} to run plugins and ${kilobytes(later.checks)} to check those written by hand
  the React part ${kilobytes(react.size)} of ${kilobytes(react.limit)} at most`)
  if (core.size > core.limit || react.size > react.limit) process.exitCode = 1
}
