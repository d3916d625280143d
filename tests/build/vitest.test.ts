/** A shell's own tests, run by its own Vitest. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { configOf, shellWithTests, Tests } from './vitest-shell.js'
import type { Workspace } from './workspace.js'

let app: Workspace
let tests: Tests | undefined
beforeEach(() => {
  app = shellWithTests()
})
afterEach(async () => {
  await tests?.stop()
  tests = undefined
  app.remove()
})

test.each(['node', './environment.ts'])(
  'plugins are there, run and are mocked in %s',
  async (environment) => {
    tests = new Tests(app, 'frontend', 'run', '--environment', environment)
    const code = await tests.end()
    expect(tests.printed).toMatch(/Tests {2}5 passed/)
    // Nobody is told what is wrong with pages: these are tests.
    expect(tests.printed).not.toMatch(/FM\d{4}|warn|error/i)
    expect(code).toBe(0)
    expect(tests.seen()).toEqual([
      ['audit', 'wms'],
      ['Audit', 'Stock'],
    ])
    expect(existsSync(join(app.shell, 'framework-m.d.ts'))).toBe(true)
  },
)

describe.each([
  ['alone', 'frontend'],
  ['as a project of a workspace', '.'],
])('while a shell %s is watched', (_, folder) => {
  test('its tests run again with what the composition has become', async () => {
    app.write('vitest.config.mjs', `export default { test: { projects: ['frontend'] } }\n`)
    tests = new Tests(app, folder, 'watch')
    const sees = (plugins: string[], labels: string[]) =>
      expect.poll(() => tests?.seen(), { timeout: 20_000, message: 'seen' }).toEqual([plugins, labels])
    await sees(['audit', 'wms'], ['Audit', 'Stock'])
    app.write('plugins/wms/plugin.config.ts', configOf('wms', 'Stores', '/wms/stock', './src/Stock'))
    await sees(['audit', 'wms'], ['Audit', 'Stores'])
    app.write('plugins/crm/plugin.config.ts', configOf('crm', 'Customers', '/crm', './Page'))
    app.write('plugins/crm/Page.tsx', 'export default () => null\n')
    app.write('plugins/crm/package.json', '{ "name": "crm", "version": "1.0.0", "framework-m": true }\n')
    await sees(['audit', 'crm', 'wms'], ['Audit', 'Customers', 'Stores'])
    rmSync(join(app.root, 'plugins/crm'), { recursive: true })
    await sees(['audit', 'wms'], ['Audit', 'Stores'])
    app.write('plugins/wms/plugin.config.ts', `export default { nope: 1 }\n`)
    await sees(['audit'], ['Audit'])
    expect(tests.printed).toContain('FM4001')
  })
})
