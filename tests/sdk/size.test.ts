import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { expect, test } from 'vitest'

const sdk = join(import.meta.dirname, '../../npm/plugin-sdk')

/** What a shell downloads for an import from `/core`, as bytes of gzip; `semver` is not counted. */
async function size(statement: string): Promise<number> {
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { input: 'entry', preserveEntrySignatures: 'strict', external: /^semver/ },
      modulePreload: false,
    },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id.endsWith('entry') ? '\0entry' : undefined),
        load: (id) => (id === '\0entry' ? statement.replace('CORE', join(sdk, 'src/core.ts')) : undefined),
      },
    ],
  })
  const [output] = [made].flat() as { output: { code: string }[] }[]
  return gzipSync(output?.output[0]?.code ?? '').length
}

test('nothing is in the bundle that is not used', async () => {
  expect(await size('import "CORE"; export {}')).toBeLessThan(50)
  expect(await size('export { definePlugin } from "CORE"')).toBeLessThan(100)
  expect(await size('export { ServiceContainer } from "CORE"')).toBeLessThan(1_500)
})

/** The aim is 8 kB. What there is must not grow meanwhile. */
test('a registry has its size', async () => {
  const registry = await size('export { PluginRegistry } from "CORE"')
  console.info(
    `@framework-m/plugin-sdk/core: ${registry} bytes of gzip for PluginRegistry, ${await size('export * from "CORE"')} for all`,
  )
  expect(registry).toBeLessThan(10_400)
})

test('an import of the built package in Node has no effects and needs no browser', () => {
  const core = pathToFileURL(join(sdk, 'dist/core.js')).href
  const script = `const before = Object.keys(globalThis).length
const { PluginRegistry } = await import(${JSON.stringify(core)})
new PluginRegistry()
process.exit(Object.keys(globalThis).length - before)`
  execFileSync(process.execPath, ['--input-type=module', '-e', script])
})
