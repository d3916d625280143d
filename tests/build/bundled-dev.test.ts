import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Dev } from './dev.js'
import { manyPlugins, workspace } from './workspace.js'

/** What holds under `experimental.bundledDev`, as the README of the plugin says. */

const config = (plugin: string) => `apps/${plugin}/frontend/plugin.config.ts`
const moves = 'apps/wms/frontend/src/pages/moves.tsx'

let dev: Dev

beforeAll(async () => {
  const app = workspace(manyPlugins(3))
  app.write(
    moves,
    `import { useState } from 'react'
export default function Stateful() {
  const [typed, type] = useState('')
  return <><h2>mark:wms:moves</h2><input aria-label="page" value={typed} onChange={(event) => type(event.target.value)} /></>
}
`,
  )
  dev = await Dev.start('Vite 8', app, { experimental: { bundledDev: true } })
  await wait(1000) // Vite reloads the first page once, when the bundle is there.
  await dev.open('/wms/moves')
  await dev.shows('h2', 'mark:wms:moves')
  await dev.type('shell', 'typed in the shell')
  await dev.type('page', 'typed in the page')
  loads = dev.at.loads()
})
afterAll(() => dev?.stop())

let loads = 0
afterEach(async () => {
  expect(dev.at.loads(), 'the page was not reloaded').toBe(loads)
  expect(await dev.typed('shell')).toBe('typed in the shell')
})

test('an edit of a page is a Fast Refresh in bundled dev mode', async () => {
  dev.edit(moves, (text) => text.replace('mark:wms', 'fresh:wms'))
  await dev.shows('h2', 'fresh:wms:moves')
  expect(await dev.typed('page')).toBe('typed in the page')
})

test.each(['hr', 'wms'])('an edit of a label in %s changes the menu in bundled dev mode', async (plugin) => {
  dev.edit(config(plugin), (text) => text.replace(`${plugin} label`, `${plugin} edited`))
  await dev.shows('nav', `${plugin} edited`)
  expect(await dev.typed('page')).toBe('typed in the page')
})

test('a save that changes no contribution is nothing in bundled dev mode', async () => {
  dev.told.length = 0
  dev.edit(config('hr'), (text) => `// A comment.\n${text}`)
  await wait(800)
  expect(dev.updates()).toEqual([])
})

test('what is wrong is shown until it is mended in bundled dev mode', async () => {
  dev.edit(config('hr'), (text) => text.replace('routes:', 'rooutes:'))
  await expect.poll(() => dev.overlay()).toContain('rooutes')
  await dev.shows('h1', '2 plugins')
  dev.edit(config('hr'), (text) => text.replace('rooutes:', 'routes:'))
  await dev.shows('h1', '3 plugins')
  await expect.poll(() => dev.overlay()).toBeUndefined()
})

test('a plugin that is created appears and opens in bundled dev mode', async () => {
  const folder = 'apps/depot/frontend'
  dev.app.write(`${folder}/package.json`, '{ "name": "depot", "framework-m": true }')
  dev.app.write(`${folder}/Stock.tsx`, 'export default () => <h2>mark:depot:stock</h2>\n')
  dev.app.write(
    `${folder}/plugin.config.ts`,
    `export default { routes: [{ path: '/depot/stock', component: () => import('./Stock') }] }\n`,
  )
  await dev.shows('h1', '4 plugins')
  await dev.open('/depot/stock')
  await dev.shows('h2', 'mark:depot:stock')
})
