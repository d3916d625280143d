import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, serve, type Visit } from './browser.js'
import { build } from './builds.js'
import { Dev } from './dev.js'
import { arrive, erp, follow, MISBEHAVING, row } from './erp.js'
import type { Workspace } from './workspace.js'

/** The demo with plugins that fail in every way: they cost themselves, and nobody else. */

/** What is said of each of them, by the entry of the menu that leads to its page. */
const FAILURES = [
  ['scanner', 'Devices', 'While its code was loaded', /Invalid URL/],
  ['weather', 'Forecast', 'While it was rendered', /Cannot read properties of undefined \(reading 'map'\)/],
  ['rates', 'Rates', 'In a service', /There is no rate for SEK/],
] as const

/** What goes wrong without anybody opening a page. */
const AT_ONCE = [
  "PluginError: fleet failed in initialize: Cannot read properties of null (reading 'content')",
  "PluginError: weather failed in render of weather.now: Cannot read properties of undefined (reading 'temperature')",
]
const LATE = 'PluginError: chat failed in initialize: it took longer than 10 s'

const firstLines = (errors: readonly string[]) => errors.map((text) => text.split('\n')[0]).sort()
const failed = (page: Page) => page.getByRole('alert')
const tryAgain = (page: Page) => page.getByRole('button', { name: 'Try again', exact: true })
const h1 = (page: Page, words: string) =>
  page.getByRole('main').getByRole('heading', { level: 1, name: words })

/** The pages of the plugins that behave, with the entries that lead to them. */
async function othersWork(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('link', { name: '9 to reorder' }).waitFor()
  for (const [entry, title] of [
    ['Warehouse', 'Warehouse'],
    ['Stock', 'Stock'],
    ['Stock Value', 'Stock Value'],
    ['Employee', 'Employee'],
    ['Invoices', 'Invoices'],
  ] as const) {
    await follow(page, entry)
    await h1(page, title).waitFor()
  }
  await follow(page, 'Stock')
  await page.getByRole('link', { name: /^Stock value €/ }).waitFor() // An extension of finance, in a page of wms.
}

async function failuresAreShown(page: Page): Promise<void> {
  for (const [, entry, phase, message] of FAILURES) {
    await follow(page, entry)
    await failed(page).getByText(message).waitFor()
    expect(await failed(page).textContent()).toContain(phase)
    expect(await tryAgain(page).count()).toBe(1)
  }
}

async function managerSaysWhy(page: Page): Promise<void> {
  await follow(page, 'Plugins')
  const rows = [
    ...FAILURES.map(([plugin, , phase, message]) => [plugin, phase, message] as const),
    ['fleet', 'In initialize', /Cannot read properties of null/] as const,
    ['chat', 'In initialize', /it took longer than 10 s/] as const,
  ]
  for (const [plugin, phase, message] of rows) {
    await row(page, plugin).locator('.plugin-why').getByText(phase).waitFor()
    expect(await row(page, plugin).locator('.plugin-why').textContent()).toMatch(message)
    await row(page, plugin)
      .getByText(/^What went wrong/)
      .click()
    const details = row(page, plugin).getByRole('listitem').first()
    expect(await details.locator('strong').textContent()).toBe(phase)
    expect(await details.locator('pre').textContent()).toMatch(message)
  }
  for (const plugin of ['scanner', 'fleet', 'chat'])
    await row(page, plugin).getByText('Failed', { exact: true }).waitFor()
  for (const plugin of ['wms', 'finance', 'personnel']) {
    await row(page, plugin).getByText('Running').waitFor()
    expect(await row(page, plugin).locator('.plugin-why').count()).toBe(0)
  }
  const counts = await page.locator('.plugin-failures summary').allTextContents()
  expect(counts.sort()).toEqual([
    ...Array(4).fill('What went wrong (1 failure)'),
    'What went wrong (2 failures)', // The page of weather, and its part of the header.
  ])
}

const EVERYTHING = [
  ...AT_ONCE,
  LATE,
  "PluginError: scanner failed in load: Failed to construct 'URL': Invalid URL",
  "PluginError: weather failed in render of /weather: Cannot read properties of undefined (reading 'map')",
  'PluginError: rates failed in service of rates.exchange: There is no rate for SEK',
].sort()

test('there is a test for each of them', () => {
  expect([...FAILURES.map(([plugin]) => plugin), 'chat', 'fleet'].sort()).toEqual(MISBEHAVING)
})

describe('in a production build', () => {
  let app: Workspace
  let browser: Browser
  let server: Awaited<ReturnType<typeof serve>>

  beforeAll(async () => {
    app = erp(MISBEHAVING)
    server = await serve((await build('Vite 8', app)).dist)
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    app?.remove()
  })

  const at = (path = '/') => arrive(browser, server.url, { path })
  const past = (page: Page, seconds: number) => page.clock.runFor(seconds * 1000)

  test('signing in, home and every other plugin work, and each failure is reported once', async () => {
    const { page, errors }: Visit = await at()
    await h1(page, 'Overview').waitFor()
    await othersWork(page)
    await page.getByRole('button', { name: 'weather.now failed' }).waitFor()
    expect(firstLines(errors)).toEqual(AT_ONCE)
    await past(page, 11)
    await failuresAreShown(page)
    await managerSaysWhy(page)
    expect(firstLines(errors)).toEqual(EVERYTHING)
    await follow(page, 'Overview')
    await h1(page, 'Overview').waitFor()
    await othersWork(page)
    expect(firstLines(errors)).toEqual(EVERYTHING)
    await page.close()
  })

  test('a plugin that never resolves shows its page as loading until the deadline, and then why', async () => {
    const { page, errors } = await at('/chat')
    await page.getByRole('status').getByText('Loading the page').waitFor()
    await follow(page, 'Stock')
    await h1(page, 'Stock').waitFor()
    await page.goBack()
    await page.getByRole('status').getByText('Loading the page').waitFor()
    expect(firstLines(errors)).toEqual(AT_ONCE)
    await past(page, 11)
    await failed(page).getByText('In initialize: it took longer than 10 s').waitFor()
    expect(firstLines(errors)).toEqual([LATE, ...AT_ONCE].sort())

    // A late answer to what was given up changes nothing; one to the second attempt does.
    await page.evaluate(() => postMessage('chat:welcome'))
    await failed(page).waitFor()
    await tryAgain(page).click()
    await page.getByRole('status').getByText('Loading the page').waitFor()
    await page.evaluate(() => postMessage('chat:welcome'))
    await h1(page, 'Room').waitFor()
    await page.getByRole('banner').getByText('2 unread').waitFor()
    expect(firstLines(errors)).toEqual([LATE, ...AT_ONCE].sort())
    await page.close()
  })

  test('a plugin that failed in initialize starts where it is tried again and can', async () => {
    const { page, errors } = await at('/fleet')
    await failed(page).getByText('Fleet could not be started').waitFor()
    await tryAgain(page).click()
    await failed(page).getByText('Cannot read properties of null').waitFor()
    await expect.poll(() => firstLines(errors)).toEqual([AT_ONCE[0], ...AT_ONCE])
    await page.evaluate(() =>
      document.head.append(
        Object.assign(document.createElement('meta'), { name: 'fleet-token', content: 'T' }),
      ),
    )
    await tryAgain(page).click()
    await h1(page, 'Trucks').waitFor()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Trucks' }).waitFor()
    await page.close()
  })

  test('a page and an extension that crashed are shown where they are tried again and can', async () => {
    const { page, errors } = await at('/weather')
    await failed(page).getByText("reading 'map'").waitFor()
    await page.evaluate(() =>
      localStorage.setItem(
        'weather',
        JSON.stringify({ now: { temperature: 4 }, days: [{ day: 'Monday', temperature: 3 }] }),
      ),
    )
    await tryAgain(page).click()
    await page.getByRole('main').getByText('Monday: 3 °C').waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
    await page.getByRole('button', { name: 'weather.now failed' }).click()
    await page.getByRole('banner').getByText('4 °C').waitFor()
    expect(errors).toHaveLength(3) // What failed at once, and the page.
    await page.close()
  })

  test('the manager tries again, keeps the focus where somebody is, and says what came of it', async () => {
    const { page } = await at('/plugins')
    const again = row(page, 'fleet').getByRole('button', { name: 'Try again' })
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await again.focus()
    await page.keyboard.press('Enter')
    await row(page, 'fleet').getByText('What went wrong (2 failures)').waitFor()
    expect(await focused()).toBe('Try again')
    await page.evaluate(() =>
      document.head.append(
        Object.assign(document.createElement('meta'), { name: 'fleet-token', content: 'T' }),
      ),
    )
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('Fleet: Running.').waitFor({ state: 'attached' })
    expect(await focused()).toBe('Switch off')
    expect(await again.count()).toBe(0)
    await page.close()
  })
})

test('in a dev server they cost themselves alone too', async () => {
  const dev = await Dev.start('Vite 8', erp(MISBEHAVING), { server: { port: 0, fs: { strict: false } } })
  const { page, errors } = dev.at
  await page.clock.install()
  await page.reload()
  await page.getByRole('button', { name: 'Ada' }).click()
  await h1(page, 'Overview').waitFor()
  await othersWork(page)
  await page.clock.runFor(11_000)
  await failuresAreShown(page)
  await managerSaysWhy(page)
  expect(firstLines(errors)).toEqual(EVERYTHING)

  // What is typed is still there after an edit of a label.
  await follow(page, 'Stock')
  await page.getByRole('searchbox').fill('motor')
  dev.edit('apps/wms/frontend/plugin.config.ts', (text) =>
    text
      .replace("label: 'Warehouse Management'", "label: 'Stores'")
      .replace("label: 'Bin Location',", "label: 'Bins',"),
  )
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Bins' }).waitFor()
  expect(await page.getByRole('searchbox').inputValue()).toBe('motor')
  await follow(page, 'Plugins')
  await row(page, 'wms').getByRole('heading', { name: 'Stores' }).waitFor()

  // Whoever mends a plugin has it started again in the open page.
  dev.edit('apps/fleet/frontend/src/session.ts', (text) => text.replace('tag.content', "tag?.content ?? ''"))
  await row(page, 'fleet').getByText('Running').waitFor()
  await follow(page, 'Trucks')
  await h1(page, 'Trucks').waitFor()
  expect(dev.at.loads()).toBe(2)
  await dev.stop()
})
