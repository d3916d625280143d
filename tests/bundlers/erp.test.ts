import { Composer } from '@framework-m/composer'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, serve, visit } from '../build/browser.js'
import { arrive, follow } from '../build/erp.js'
import type { Workspace } from '../build/workspace.js'
import { BUNDLERS, type Built, build, demo, reportOf, writePage } from './builds.js'

/** The demo, built by each bundler with the configuration that the documentation shows, in Chromium. */

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

const PLUGINS = ['finance', 'personnel', 'wms']

/** What of a plugin's own was asked for, scripts and style sheets, without the hashes of their names. */
function loaded(requests: string[]): string[] {
  const names = requests.map((path) => /^\/assets\/(\w+)-[\w-]{8}\.(?:js|css)$/.exec(path)?.[1])
  return [...new Set(names.filter((name) => name !== undefined && PLUGINS.includes(name)) as string[])].sort()
}

const heading = (page: Page, text: string) =>
  page.locator('main h1').getByText(text, { exact: true }).waitFor()

describe.each(BUNDLERS)('the demo by %s', (bundler) => {
  let app: Workspace
  let built: Built
  let server: Awaited<ReturnType<typeof serve>>

  beforeAll(async () => {
    app = demo()
    built = await build(bundler, app)
    expect(built.errors).toEqual([])
    writePage(built, app)
    server = await serve(built.dist)
  })
  afterAll(async () => {
    await server?.close()
    app?.remove()
  })

  test('has a chunk for each plugin, named after it', () => {
    for (const name of PLUGINS) {
      const own = built.files.filter((file) => new RegExp(`^assets/${name}-[\\w-]{8}\\.js$`).test(file))
      expect(own).toHaveLength(1)
      expect(built.first).not.toContain(own[0])
    }
  })

  test('is composed without a warning', () => {
    expect(built.warnings.filter((text) => text.includes('FM'))).toEqual([])
  })

  test('loads nothing of a plugin at first', async () => {
    const { page, requests, errors } = await visit(browser, server.url)
    await page.getByRole('heading', { name: 'Sign in to My Company' }).waitFor()
    const code = requests.filter((path) => /\.(?:js|css)$/.test(path)).map((path) => path.slice(1))
    expect(
      code.filter((file) => !reportOf(built).shell.chunks.includes(file) && !file.endsWith('.css')),
    ).toEqual([])
    expect(code).toEqual(expect.arrayContaining(built.first))
    expect(loaded(requests)).toEqual([])
    expect(errors).toEqual([])
    await page.close()
  })

  test('draws the composed menu, and loads the one plugin whose page is opened', async () => {
    const { menu } = new Composer({ shell: app.shell }).compose().composition
    const labels = menu.flatMap(({ children }) => children?.map(({ label }) => label) ?? [])
    const { page, requests, errors } = await arrive(browser, server.url, { path: '/settings' })
    const shown = await page.locator('.shell-side .menu-group a').allTextContents()
    expect(shown.filter((label) => labels.includes(label))).toEqual(labels)
    // Extensions in the header are part of every page.
    await page.waitForLoadState('networkidle')
    expect(loaded(requests)).not.toContain('personnel')
    requests.length = 0
    await follow(page, 'Leave Calendar')
    await heading(page, 'Leave Calendar')
    expect(loaded(requests)).toEqual(['personnel'])
    expect(errors).toEqual([])
    await page.close()
  })

  test('uses a service of another plugin, which is loaded with it', async () => {
    const { page, requests, errors } = await arrive(browser, server.url, { path: '/finance/stock-value' })
    await heading(page, 'Stock Value')
    expect(await page.locator('.ui-stat-value').first().textContent()).toBe('€96,601')
    expect(loaded(requests)).toEqual(['finance', 'wms'])
    expect(errors).toEqual([])
    await page.close()
  })

  test('reports what each plugin came to', () => {
    const { plugins, shell } = reportOf(built)
    expect(plugins.map(({ name }) => name).sort()).toEqual(PLUGINS)
    const hasStyles = bundler === 'rspack' || bundler === 'webpack'
    for (const { name, chunks, css, size, js, styles, shared } of plugins) {
      expect(chunks).toContainEqual(expect.stringMatching(new RegExp(`^assets/${name}-`)))
      expect(size.gzip).toBeGreaterThan(1000)
      expect(js.raw).toBeGreaterThan(size.gzip ?? Infinity)
      expect(css).toEqual(hasStyles ? [expect.stringMatching(new RegExp(`^assets/${name}-`))] : [])
      expect(styles.raw > 1000).toBe(hasStyles)
      expect(shared.chunks).not.toEqual([])
      const ours = shared.chunks.filter((file) => file.startsWith('assets/framework-m-shared-'))
      expect(ours).toHaveLength(bundler === 'rollup' ? 0 : 1)
    }
    expect(shell.chunks).toEqual(expect.arrayContaining(built.first.filter((file) => file.endsWith('.js'))))
    expect(shell.size.raw).toBeGreaterThan(100_000)
  })
})
