/** The examples that the pages quote: they compile, compose, and run as one app in Chromium. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Composer } from '@framework-m/composer'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, serve, type Visit, visit } from '../build/browser.js'
import { problemsOf } from '../compiler.js'
import { repository } from './page.js'

const examples = join(repository, 'docs/examples')
const shell = join(examples, 'shell')

test.each(['shell', 'plugins/wms', 'plugins/finance', 'api'])('%s compiles', (folder) => {
  expect(problemsOf(join(examples, folder))).toEqual([])
})

test('the plugins compose, and the types of the shell are theirs', () => {
  const { diagnostics, composition, types } = new Composer({ shell }).compose()
  expect(diagnostics).toEqual([])
  expect(composition.plugins.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'wms included',
    'finance included',
  ])
  expect(types, 'write it anew: framework-m generate --shell docs/examples/shell').toBe(
    readFileSync(join(shell, 'framework-m.d.ts'), 'utf8'),
  )
})

describe('the shell, built', () => {
  const dist = mkdtempSync(join(tmpdir(), 'framework-m-docs-'))
  let browser: Browser
  let server: Awaited<ReturnType<typeof serve>>

  beforeAll(async () => {
    process.env.NODE_ENV = 'production' // As in `vite build`; the test runner has set it to `test`.
    await build({ root: shell, logLevel: 'error', build: { outDir: dist, emptyOutDir: true } })
    server = await serve(dist)
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    rmSync(dist, { recursive: true, force: true })
  })

  async function opened(path: string, heading: string): Promise<Visit> {
    const visited = await visit(browser, server.url + path)
    await visited.page.waitForSelector(`main :text("${heading}")`)
    return visited
  }

  test('shows the menu of all plugins, and loads the code of one when its page is opened', async () => {
    const { page, requests, errors } = await opened('/', 'Welcome')
    expect(await page.locator('nav a').allTextContents()).toEqual(['Stock', 'Adjust stock', 'Stock value'])
    await page.click('nav >> text="Stock"')
    await page.waitForSelector('main li')
    expect(await page.locator('main').textContent()).toMatch(/2 items[\s\S]*A-100 4 pcs low/)
    expect(requests.some((file) => /^\/assets\/wms-[\w-]{8}\.js$/.test(file))).toBe(true)
    await page.click('nav >> text="Stock value"')
    await page.waitForSelector('main :text("170.00 EUR")')
    expect(errors).toEqual([])
    await page.close()
  })

  test('makes a form for the settings, whose values plugins see and the browser keeps', async () => {
    const { page } = await opened('/settings', 'Low stock')
    await page.getByLabel('Low stock, in pieces').fill('50')
    await page.getByLabel('Unit').fill('boxes')
    await page.goto(`${server.url}/wms/stock`)
    await page.waitForSelector('main li')
    expect(await page.locator('main li').allTextContents()).toEqual([
      'A-100 4 boxes low',
      'B-200 40 boxes low',
    ])
    await page.evaluate(() => localStorage.clear())
    await page.close()
  })

  test('switches plugins off and on, with those that need them', async () => {
    const { page } = await opened('/plugins', 'Warehouse')
    await page.getByRole('row', { name: 'Warehouse' }).getByRole('button').click()
    await page.waitForSelector('text="blocked it needs wms, which is disabled"')
    expect(await page.locator('nav a').count()).toBe(0)
    await page.getByRole('row', { name: 'Warehouse' }).getByRole('button').click()
    await page.waitForSelector('nav a')
    expect(await page.locator('nav a').count()).toBe(3)
    await page.close()
  })
})
