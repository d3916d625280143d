import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, show, type Visit, visit } from './browser.js'
import { frameworkMPlugin, recorder, VERSIONS } from './builds.js'
import { manyPlugins, type PluginSpec, type Workspace, workspace } from './workspace.js'

/** What means something in a glob has to stand for itself in `optimizeDeps.entries`. */
const folderOf = ({ name }: PluginSpec) => `${name} (beta) [1]`

describe.each(Object.entries(VERSIONS))('the dev server of %s', (_, vite) => {
  let browser: Browser
  let app: Workspace
  let server: ViteDevServer
  let printed: string[]
  let at: Visit
  const edit = (plugin: string, change: (text: string) => string) => {
    const config = `apps/${folderOf({ name: plugin })}/frontend/plugin.config.ts`
    app.write(config, change(readFileSync(join(app.root, config), 'utf8')))
  }
  const open = (path: string) => show(at, path)
  const shows = (selector: string, text: string) =>
    at.page.waitForFunction(
      ([where, what]) => document.querySelector(where ?? '')?.textContent?.includes(what ?? ''),
      [selector, text],
    )

  beforeAll(async () => {
    process.env.NODE_ENV = 'development' // As in `vite dev`; the test runner has set it to `test`.
    app = workspace(manyPlugins(3).map((plugin) => ({ ...plugin, folder: folderOf(plugin) })))
    rmSync(join(app.shell, 'hand.html')) // It imports the plugins, and Vite would find their dependencies there.
    const { logger, warnings } = recorder(vite)
    printed = warnings
    const plugins = [frameworkMPlugin()]
    server = await vite.createServer({
      root: app.shell,
      configFile: false,
      customLogger: logger,
      plugins,
      server: { port: 0 },
    })
    await server.listen()
    browser = await launch()
    at = await visit(browser, server.resolvedUrls?.local[0] ?? '')
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    app?.remove()
  })

  test('serves the shell and no plugin', () => {
    expect(at.requests.filter((path) => path.includes('/apps/'))).toEqual([])
    expect(at.errors).toEqual([])
    expect(printed).toEqual([])
  })

  test('serves a page when it is opened, that page only, and never reloads for its dependencies', async () => {
    await open('/crm/stock')
    await shows('h2', 'mark:crm:stock')
    await shows('main p', '21.11.2026')
    const pages = at.requests.filter((path) => path.includes('/pages/') && path.endsWith('.tsx'))
    expect(pages.map((path) => path.slice(path.indexOf('/apps/')))).toEqual([
      `/apps/${folderOf({ name: 'crm' })}/frontend/src/pages/stock.tsx`,
    ])
    await open('/wms/moves')
    await shows('h2', 'mark:wms:moves')
    expect(at.loads()).toBe(1)
    expect(at.errors).toEqual([])
    expect(printed).toEqual([])
  })

  test('shows a label that was edited in a plugin that was never opened', async () => {
    edit('hr', (text) => text.replace('hr label', 'people label'))
    await shows('nav', 'people label')
  })

  test('opens a route that was added to a plugin already opened', async () => {
    await open('/wms/stock')
    await shows('h2', 'mark:wms:stock')
    app.write(
      `apps/${folderOf({ name: 'wms' })}/frontend/src/pages/counts.tsx`,
      `export default () => <h2>mark:wms:counts</h2>\n`,
    )
    edit('wms', (text) =>
      text.replace(
        'routes: [',
        `routes: [\n    { path: "/wms/counts", component: () => import('./src/pages/counts') },`,
      ),
    )
    await expect
      .poll(async () => {
        await open('/wms/counts')
        return at.page.textContent('main')
      })
      .toContain('mark:wms:counts')
  })

  test('shows what is wrong over an app that stays up, until it is mended', async () => {
    edit('hr', (text) => text.replace('label:', 'lable:'))
    await at.page.waitForSelector('vite-error-overlay')
    await expect
      .poll(() =>
        at.page.evaluate(() => document.querySelector('vite-error-overlay')?.shadowRoot?.textContent),
      )
      .toContain('lable')
    await shows('h1', '2 plugins')
    await open('/crm/stock')
    await shows('h2', 'mark:crm:stock')
    expect(printed.filter((text) => text.includes('lable'))).toHaveLength(1)
    edit('hr', (text) => text.replace('lable:', 'label:'))
    await shows('h1', '3 plugins')
    expect(await at.page.$('vite-error-overlay')).toBeNull()
  })
})
