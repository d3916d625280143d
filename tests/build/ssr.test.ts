/** The shell of the documentation's examples, rendered on a server and hydrated in Chromium. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildOptions } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../npm/vite-plugin/src/report/report.js'
import { launch, serve, visit } from './browser.js'
import { frameworkMPlugin, recorder, VERSIONS, versions } from './builds.js'

const repository = join(import.meta.dirname, '../..')
const shell = join(repository, 'docs/examples/shell')
const ADA = { name: 'Ada', role: 'clerk', grants: ['stock:read', 'stock:adjust'] }
const GUEST = { name: 'Grace', role: 'guest', grants: [] }

type Rendered = { status: number; html: string; plugins: string[] }
type Render = (request: Request, user: object) => Promise<Response | Rendered>

describe.each(versions)('a shell that %s has built for a server', (version) => {
  // Where Node finds the packages that a build for a server leaves out.
  const folder = mkdtempSync(join(repository, 'node_modules/.framework-m-ssr-'))
  const [client, server] = [join(folder, 'client'), join(folder, 'server')]
  let printed: string[]
  let entry: Render

  beforeAll(async () => {
    process.env.NODE_ENV = 'production' // As in `vite build`; the test runner has set it to `test`.
    const vite = VERSIONS[version]
    const { logger, warnings } = recorder(vite)
    printed = warnings
    const info = (message: string) => void (message.includes('Framework M') && warnings.push(message))
    const build = (options: BuildOptions) =>
      vite.build({
        root: shell,
        configFile: false,
        logLevel: 'info',
        customLogger: { ...logger, info },
        plugins: [frameworkMPlugin({ dts: false })],
        build: { emptyOutDir: true, ...options },
      })
    await build({ outDir: client, rollupOptions: { input: join(shell, 'server.html') } })
    await build({ outDir: server, ssr: 'src/server/entry-server.tsx' })
    const module = await import(pathToFileURL(join(server, 'entry-server.js')).href)
    entry = module.render as Render
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  async function render(path: string, user = ADA): Promise<Rendered> {
    const rendered = await entry(new Request(`http://localhost${path}`), user)
    if (rendered instanceof Response) throw new Error(`${path} is answered by ${rendered.status}`)
    return rendered
  }

  const textOf = ({ html }: Rendered) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

  test('renders the pages of plugins, with their menu and their extensions', async () => {
    const stock = await render('/wms/stock')
    expect(stock).toMatchObject({ status: 200, plugins: ['wms'] })
    expect(textOf(stock)).toMatch(
      /My Company 1 low .*Stock Adjust stock Stock value.* 2 items .*A-100 4 pcs low/,
    )
    const value = await render('/finance/stock-value')
    expect(value).toMatchObject({ status: 200, plugins: ['finance'] })
    expect(textOf(value)).toContain('170.00 EUR')
  })

  test('answers each request for its own user, also at the same time', async () => {
    const [ada, grace] = await Promise.all([render('/wms/stock/adjust'), render('/wms/stock/adjust', GUEST)])
    expect(textOf(ada)).toContain('One more A-100')
    expect(textOf(grace)).not.toContain('One more A-100')
    expect(textOf(grace)).not.toContain('Adjust stock')
  })

  test('knows what no plugin has', async () => {
    const page = await render('/nowhere')
    expect(textOf(page)).toContain('Not found')
    expect(page.plugins).toEqual([])
  })

  test('has one report, of what browsers load', () => {
    const report = JSON.parse(readFileSync(join(client, '.framework-m/composition.json'), 'utf8')) as Report
    expect(report.plugins.map(({ name }) => name)).toEqual(['wms', 'finance'])
    expect(existsSync(join(server, '.framework-m'))).toBe(false)
    expect(printed.filter((text) => text.includes('code by plugin'))).toHaveLength(1)
    expect(printed.filter((text) => !/use client|code by plugin/.test(text))).toEqual([])
  })

  test('is hydrated in a browser without a difference, and goes on there', async () => {
    const served = await serve(client, async (path) => {
      const template = readFileSync(join(client, 'server.html'), 'utf8')
      const { html } = await render(path)
      return template.replace('<!--app-->', () => html)
    })
    const browser = await launch()
    const { page, errors, requests, loads } = await visit(browser, `${served.url}/wms/stock`, (page) =>
      // What the server has sent is marked before any script runs.
      page.addInitScript(() =>
        document.addEventListener('DOMContentLoaded', () => {
          document.querySelector('main li')?.setAttribute('data-from', 'server')
        }),
      ),
    )
    await expect.poll(() => requests.some((file) => /\/assets\/wms-/.test(file))).toBe(true)
    await page.waitForLoadState('networkidle')
    expect(await page.locator('main li').first().getAttribute('data-from')).toBe('server')
    await page.click('nav >> text="Adjust stock"')
    await page.click('text="One more A-100"')
    await page.click('nav >> text="Stock"')
    await page.waitForSelector('li:has-text("A-100 5 pcs")')
    await page.click('nav >> text="Stock value"')
    await page.waitForSelector('h1:text("182.50 EUR")')
    expect(loads()).toBe(1)
    expect(errors).toEqual([])
    await browser.close()
    await served.close()
  })
})
