import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, serve, show, visit } from './browser.js'
import { type Build, build, buildByHand, versions } from './builds.js'
import { chunkOf, css, type PluginSpec, type Workspace, workspace } from './workspace.js'

/** Names and folders that specifiers, file names and addresses have to survive. */
const plugins: PluginSpec[] = [
  { name: 'wms' },
  { name: 'crm.v2', borrows: 'wms', folder: 'crm (v2) [beta]' },
  { name: 'my plugin', folder: 'it’s my "plugin"' },
  { name: 'lagerhäuser', folder: 'Lagerhäuser 倉庫' },
]

describe.each(versions)('what %s built, in Chromium', (version) => {
  let browser: Browser
  let app: Workspace
  let built: Build
  let byHand: Build
  let server: Awaited<ReturnType<typeof serve>>

  beforeAll(async () => {
    app = workspace(plugins)
    built = await build(version, app)
    byHand = await buildByHand(version, app)
    server = await serve(built.dist)
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    app?.remove()
  })

  test('shows the shell with nothing of any plugin', async () => {
    const { page, requests, errors } = await visit(browser, server.url)
    expect(await page.textContent('h1')).toBe('mark:shell:format 4 plugins')
    expect(await page.textContent('nav')).toContain('crm.v2 label')
    const first = built.closure(built.entry()).flatMap(({ file, css }) => [file, ...css])
    expect(requests.sort()).toEqual(first.map((file) => `/${file}`).sort())
    expect(errors).toEqual([])
    expect(built.warnings).toEqual([])
    await page.close()
  })

  test.each(plugins)('opens $name with its own chunk, its CSS and what it shares', async (plugin) => {
    const { page, requests, errors } = await visit(browser, server.url)
    requests.length = 0
    await show({ page }, `/${plugin.name}/stock`)
    await page.waitForSelector('h2')
    expect(await page.textContent('h2')).toBe(`mark:${plugin.name}:stock`)
    const words = await page.textContent('main p')
    expect(words).toContain(`mark:${plugin.name}:helper`)
    expect(words).toContain('21.11.2026')
    if (plugin.borrows) expect(words).toContain(`mark:${plugin.borrows}:helper`)
    expect(await page.$eval('.mark-ui-card', (card) => getComputedStyle(card).color)).toBe('rgb(255, 0, 0)')
    const own = css(`mark-${plugin.name}-stock`)
    expect(await page.$eval(`.${own}`, (title) => getComputedStyle(title).color)).toBe('rgb(0, 0, 255)')

    const chunk = built.lazy(`\0virtual:framework-m-plugins/${chunkOf(plugin)}.js`)
    expect(requests.sort()).toEqual(
      built
        .requests(chunk, built.entry())
        .map((file) => `/${file}`)
        .sort(),
    )
    expect(chunk.file).toMatch(new RegExp(`^assets/${chunkOf(plugin)}-[\\w-]{8}\\.js$`, 'u'))
    expect(requests).toEqual(expect.arrayContaining([chunk.file, ...chunk.css].map((file) => `/${file}`)))
    expect(chunk.css).toHaveLength(1)
    const hand = byHand.lazy(`${app.root}/apps/${plugin.folder ?? plugin.name}/frontend/hand.ts`)
    expect(requests.length).toBeLessThanOrEqual(byHand.requests(hand, byHand.entry('hand')).length + 2)

    requests.length = 0
    await show({ page }, `/${plugin.name}/moves`)
    await page.waitForFunction(
      (mark) => document.querySelector('h2')?.textContent === mark,
      `mark:${plugin.name}:moves`,
    )
    expect(requests).toEqual([])
    expect(errors).toEqual([])
    await page.close()
  })

  test('opens a plugin by its address', async () => {
    const { page, errors } = await visit(browser, `${server.url}/my plugin/moves`)
    await page.waitForSelector('h2')
    expect(await page.textContent('h2')).toBe('mark:my plugin:moves')
    expect(errors).toEqual([])
    await page.close()
  })
})
