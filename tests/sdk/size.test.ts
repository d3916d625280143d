import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { sdkSizes, sizeOf } from '../../scripts/size.js'

const repository = join(import.meta.dirname, '../..')
const core = join(repository, 'npm/plugin-sdk/dist/core.js')

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

test('a checkout in a folder of any name has the same sizes', async () => {
  const checkout = mkdtempSync(join(tmpdir(), "framework-m it's 100% "))
  onTestFinished(() => rmSync(checkout, { recursive: true }))
  for (const part of ['scripts', 'npm/plugin-sdk/dist'])
    cpSync(join(repository, part), join(checkout, part), { recursive: true })
  symlinkSync(join(repository, 'node_modules'), join(checkout, 'node_modules'), 'junction')
  const script = `import { sdkSizes } from ${JSON.stringify(pathToFileURL(join(checkout, 'scripts/size.js')).href)}
console.log(JSON.stringify(await sdkSizes()))`
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect(JSON.parse(printed)).toEqual(await sdkSizes())
})

test('an import of the built package in Node has no effects and needs no browser', () => {
  const script = `const before = Object.keys(globalThis).length
const { PluginRegistry } = await import(${JSON.stringify(pathToFileURL(core).href)})
new PluginRegistry()
process.exit(Object.keys(globalThis).length - before)`
  execFileSync(process.execPath, ['--input-type=module', '-e', script])
})
