import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { sdkSizes, sizeOf } from '../../scripts/size.js'

const core = join(import.meta.dirname, '../../npm/plugin-sdk/dist/core.js')

test('nothing is in the bundle that is not used', async () => {
  expect(await sizeOf(`import '${core}'; export {}`)).toBeLessThan(50)
  expect(await sizeOf(`export { definePlugin } from '${core}'`)).toBeLessThan(100)
  expect(await sizeOf(`export { ServiceContainer } from '${core}'`)).toBeLessThan(1_500)
  expect(await sizeOf(`export { definePlugin } from '${core.replace('core.js', 'index.js')}'`)).toBeLessThan(
    100,
  )
})

test('all of the core, and all of the React part, have their sizes', async () => {
  const { core, react } = await sdkSizes()
  expect(core.size).toBeLessThan(core.limit)
  expect(react.size).toBeLessThan(react.limit)
  expect(Math.min(core.size, react.size)).toBeGreaterThan(1_000)
})

test('an import of the built package in Node has no effects and needs no browser', () => {
  const script = `const before = Object.keys(globalThis).length
const { PluginRegistry } = await import(${JSON.stringify(pathToFileURL(core).href)})
new PluginRegistry()
process.exit(Object.keys(globalThis).length - before)`
  execFileSync(process.execPath, ['--input-type=module', '-e', script])
})
