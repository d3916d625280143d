import { readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { UserConfig } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, frameworkMPlugin, recorder, VERSIONS, versions } from './builds.js'
import { Dev } from './dev.js'
import { manyPlugins, workspace } from './workspace.js'

const CONFIG = 'apps/wms/frontend/plugin.config.ts'

describe.each(versions)('the inspector of a dev server of %s', (version) => {
  let dev: Dev
  let page: Page
  const asked: string[] = []
  const errors: string[] = []

  beforeAll(async () => {
    dev = await Dev.start(version, workspace(manyPlugins(3)))
    page = await dev.browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.on('request', (request) => void asked.push(request.url()))
    page.on('pageerror', (error) => void errors.push(String(error)))
    await page.goto(new URL('/__framework-m', dev.at.page.url()).href)
    await page.waitForSelector('#plugins .card')
  })
  afterAll(() => dev?.stop())

  const textOf = async (selector: string) => (await page.textContent(selector))?.replace(/\s+/g, ' ')
  const shows = (selector: string, text: string) =>
    expect.poll(() => textOf(selector), { timeout: 10_000 }).toContain(text)

  test('shows plugins, dependencies, menu, routes and what fills which point', async () => {
    expect(await textOf('#facts')).toContain('3 plugins take part')
    expect(await page.$$eval('#plugins h3', (titles) => titles.length)).toBe(3)
    expect(await textOf('#plugin-wms')).toMatch(/Needed by ?crm/)
    expect(await page.$$eval('#graph .edge', (edges) => edges.length)).toBe(1)
    expect(await textOf('#menu')).toContain('wms label')
    expect(await textOf('#routes')).toContain('/wms/stock')
    expect(await textOf('#chunks')).toContain('There was no build yet')
  })

  test('needs nothing from elsewhere', () => {
    const { origin } = new URL(page.url())
    expect(asked.filter((url) => new URL(url).origin !== origin)).toEqual([])
  })

  test('finds, and says where nothing is found', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('wms stock')
    const rows = () =>
      page.$$eval('#routes tbody tr', (all) => all.filter((row) => !(row as HTMLElement).hidden).length)
    expect(await rows()).toBe(1)
    await page.fill('#search', 'no such thing')
    expect(await page.isVisible('#routes .nothing')).toBe(true)
    await page.fill('#search', '')
    expect(await rows()).toBeGreaterThan(3)
  })

  test('opens a file in the editor by the server’s own endpoint', async () => {
    const opened = page.waitForRequest(/__open-in-editor/)
    await page.route(/__open-in-editor/, (route) => route.fulfill({ body: '' }))
    await page.click(`#plugin-wms .file`)
    expect(new URL((await opened).url()).searchParams.get('file')).toBe(join(dev.app.root, CONFIG))
  })

  test('changes with the files: a configuration that breaks and is mended, a plugin that goes', async () => {
    await page.evaluate(() => Object.assign(window, { kept: true }))
    dev.edit(CONFIG, (text) => text.replace('wms label', '<img src=x onerror=alert(1)></script>'))
    await shows('#menu', '<img src=x onerror=alert(1)></script>')
    expect(await page.$$eval('#content img', (images) => images.length)).toBe(0)
    dev.edit(CONFIG, (text) => text.replace('routes:', 'rutes:'))
    await shows('#plugin-wms', 'broken')
    await shows('#plugin-crm', 'blocked')
    await shows('#diagnostics', 'Did you mean')
    expect(await textOf('#diagnostics pre')).toContain('rutes')
    expect(await page.isVisible('vite-error-overlay')).toBe(false)
    dev.edit(CONFIG, (text) => text.replace('rutes:', 'routes:'))
    await shows('#plugin-wms', 'included')
    await shows('#sections', 'Diagnostics0')
    dev.edit('apps/hr/frontend/package.json', (text) => text.replace('"framework-m"', '"not-framework-m"'))
    await shows('#facts', '2 plugins take part')
    expect(await page.evaluate(() => 'kept' in window)).toBe(true)
    expect(errors).toEqual([])
  })

  test('fits a phone, and its links are large enough to be touched', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    const heights = await page.$$eval('nav a, input', (all) =>
      all.map((each) => each.getBoundingClientRect().height),
    )
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
  })
})

test('in bundled dev mode the inspector changes with the files too', async () => {
  const config = { experimental: { bundledDev: true } } as UserConfig
  const dev = await Dev.start('Vite 8', workspace(manyPlugins(1)), config)
  const page = await dev.browser.newPage()
  await page.goto(new URL('/__framework-m/', dev.at.page.url()).href)
  await page.waitForSelector('#plugins .card')
  dev.edit(CONFIG, (text) => text.replace('wms label', 'wms edited'))
  await expect.poll(() => page.textContent('#menu'), { timeout: 10_000 }).toContain('wms edited')
  await dev.stop()
})

describe('who may see the inspector', () => {
  const elsewhere = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)?.address

  const answers = async (inspector: boolean | 'network', host: string, sent: Record<string, string> = {}) => {
    const app = workspace(manyPlugins(1))
    const vite = VERSIONS['Vite 8']
    const server = await vite.createServer({
      root: app.shell,
      base: '/erp/',
      configFile: false,
      customLogger: recorder(vite).logger,
      plugins: [frameworkMPlugin({ inspector })],
      optimizeDeps: { noDiscovery: true, include: [] },
      server: { port: 0, host: '0.0.0.0' },
    })
    await server.listen()
    const port = (server.httpServer?.address() as AddressInfo | null)?.port
    const { status, headers } = await fetch(`http://${host}:${port}/erp/__framework-m/inspection.json`, {
      headers: sent,
    })
    await server.close()
    app.remove()
    return `${status} ${headers.get('content-type')}`
  }

  test('those on the same machine', async () => {
    expect(await answers(true, '127.0.0.1')).toBe('200 application/json')
  })

  test.skipIf(!elsewhere)('nobody else, unless the shell says so', async () => {
    expect(await answers(true, elsewhere as string)).toMatch(/^403 text\/plain/)
    expect(await answers('network', elsewhere as string)).toBe('200 application/json')
  })

  test('nobody by a proxy on the same machine', async () => {
    expect(await answers(true, '127.0.0.1', { 'x-forwarded-for': '203.0.113.7' })).toMatch(/^403 /)
  })

  test('nobody at all, if the shell says so', async () => {
    expect(await answers(false, '127.0.0.1')).not.toContain('json')
  })
})

test('a build has no inspector', async () => {
  const app = workspace(manyPlugins(1))
  const { dist } = await build('Vite 8', app)
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  expect(files).toContain('index.html')
  expect(files.filter((file) => /inspect/.test(file))).toEqual([])
  app.remove()
})
