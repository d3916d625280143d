/** A dev server where pnpm has linked the packages. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Dev } from '../build/dev.js'
import { install, type Layout, layouts, write } from '../oracle/installs/managers.js'
import { type Archives, archives, manifests, SOURCES, writeAll } from './monorepo.js'

let packed: Archives
let dev: Dev

beforeAll(async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-linked-')))
  const layout = layouts.find(({ name }) => name === 'pnpm, isolated') as Layout
  packed = archives()
  install(root, layout, manifests(packed, layout))
  writeAll(root, SOURCES)
  dev = await Dev.start('Vite 8', {
    root,
    shell: join(root, 'shell'),
    plugins: [],
    write: (file, text) => write(root, file, text),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  })
})
afterAll(async () => {
  await dev?.stop()
  packed?.remove()
})

const entries = () => dev.at.page.locator('nav a').allTextContents()

async function opened(entry: string, heading: string) {
  await dev.at.page.click(`nav >> text="${entry}"`)
  await dev.shows('h2', heading)
}

test('the shell, its plugins and the one that was bought are served with one React', async () => {
  expect(await entries()).toEqual(['People', 'Report', 'Stock'])
  await opened('People', 'People page')
  await opened('Report', 'a report that was bought')
  await opened('Stock', 'Stock page')
  expect(dev.at.errors).toEqual([])
})

test('an edit of a page keeps the state of the page', async () => {
  await dev.type('note', 'typed')
  dev.edit('plugins/wms/src/Stock.tsx', (text) => text.replace('Stock page', 'Edited page'))
  await dev.shows('h2', 'Edited page')
  expect(await dev.typed('note')).toBe('typed')
})

test('an edit of a configuration changes the menu in place', async () => {
  await dev.type('note', 'typed again')
  dev.edit('plugins/wms/plugin.config.ts', (text) => text.replace('label: words.stock', "label: 'Goods'"))
  await expect.poll(entries).toEqual(['People', 'Report', 'Goods'])
  expect(await dev.typed('note')).toBe('typed again')
})

test('an edit of a constant in a linked package is one of the configurations that import it', async () => {
  dev.edit('libs/words/src/index.ts', (text) => text.replace("people: 'People'", "people: 'Staff'"))
  await expect.poll(entries).toEqual(['Staff', 'Report', 'Goods'])
  expect(await dev.typed('note')).toBe('typed again')
})

test('a plugin that is created appears, with what pnpm has installed for others', async () => {
  write(dev.app.root, 'plugins/depot/Depot.tsx', 'export default () => <h2>Depot page</h2>\n')
  write(
    dev.app.root,
    'plugins/depot/plugin.config.ts',
    `export default {
  menu: [{ name: 'depot', label: 'Depot', route: '/depot', module: 'Vendor' }],
  routes: [{ path: '/depot', component: () => import('./Depot') }],
}
`,
  )
  write(dev.app.root, 'plugins/depot/package.json', '{ "name": "@acme/depot", "framework-m": true }\n')
  await expect.poll(entries).toEqual(['Staff', 'Depot', 'Report', 'Goods'])
  expect(await dev.typed('note')).toBe('typed again')
})

test('the page was never reloaded, and nothing went wrong', async () => {
  await wait(400)
  expect(dev.at.loads()).toBe(1)
  expect(dev.at.errors).toEqual([])
  expect(dev.printed).toEqual([])
})
