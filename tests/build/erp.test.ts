import { Composer } from '@framework-m/composer'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, serve, type Visit, visit } from './browser.js'
import { build } from './builds.js'
import { type Arrival, arrive, erp, follow, PHONE, row, tabTo } from './erp.js'
import type { Workspace } from './workspace.js'

/** The demo as it would be deployed, in Chromium. */

let app: Workspace
let browser: Browser
let server: Awaited<ReturnType<typeof serve>>
let warnings: string[]

beforeAll(async () => {
  app = erp()
  const built = await build('Vite 8', app)
  warnings = built.warnings
  server = await serve(built.dist)
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  app?.remove()
})

/** Does something in a shell of its own, where nothing may go wrong. */
async function inShell(arrival: Arrival, work: (at: Visit) => Promise<void>): Promise<void> {
  const at = await arrive(browser, server.url, arrival)
  await work(at)
  expect(at.errors).toEqual([])
  await at.page.close()
}

const heading = (page: Page) => page.locator('main h1')
const badge = (page: Page) => page.getByRole('banner').getByRole('link', { name: 'to reorder' })

test('the demo is built without a warning', () => {
  expect(warnings.filter((text) => !text.includes('"use client"'))).toEqual([])
})

describe('signing in', () => {
  test('comes before anything of a plugin is loaded, and lasts until it is ended', async () => {
    const { page, requests, errors } = await visit(browser, `${server.url}/wms/stock`)
    expect(await page.textContent('h1')).toBe('Sign in to My Company')
    const scripts = requests.filter((path) => path.endsWith('.js') && !path.includes('rolldown-runtime'))
    expect(scripts).toEqual([expect.stringContaining('/assets/index-')])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await heading(page).getByText('Stock', { exact: true }).waitFor()
    expect(await page.getByRole('banner').getByRole('img').getAttribute('aria-label')).toBe(
      'Signed in as Sam Okafor, Manager',
    )
    await page.reload()
    await heading(page).getByText('Stock', { exact: true }).waitFor()
    // The composer has checked these plugins, so nothing of what would check others is loaded.
    expect(requests.filter((path) => path.includes('/checks-'))).toEqual([])
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to My Company' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Sign in to My Company' }).waitFor()
    expect(errors).toEqual([])
    await page.close()
  })

  test('decides by the role what is shown and what may be done', async () => {
    const item = '/wms/stock/BRG-6204'
    await inShell({ as: 'Ada', path: item }, async ({ page }) => {
      await badge(page).waitFor()
      expect(await page.getByRole('button', { name: 'Adjust stock' }).isEnabled()).toBe(true)
      // Somebody else at the same place: the plugins are running already.
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('button', { name: 'Sam' }).click()
      await page.getByText('Your role may not adjust stock.').waitFor()
      expect(await badge(page).count()).toBe(0)
    })
    await inShell({ as: 'Sam', path: item }, async ({ page }) => {
      await page.getByText('Your role may not adjust stock.').waitFor()
      const button = page.getByRole('button', { name: 'Adjust stock' })
      expect(await button.isEnabled()).toBe(false)
      expect(await button.getAttribute('aria-describedby')).toBe(
        await page.getByText('Your role may not adjust stock.').getAttribute('id'),
      )
      expect(await badge(page).count()).toBe(0)
    })
  })
})

test('the menu is the composed one, between the entries of the shell', async () => {
  const { menu } = new Composer({ shell: app.shell }).compose().composition
  const composed = menu.map(({ label, children }) => [
    label,
    children?.map((item) => [item.label, item.route]),
  ])
  await inShell({}, async ({ page }) => {
    const shown = await page
      .locator('.shell-side .menu-group')
      .evaluateAll((groups) =>
        groups.map((group) => [
          group.querySelector('h2')?.textContent,
          [...group.querySelectorAll('a')].map((link) => [link.textContent, link.getAttribute('href')]),
        ]),
      )
    expect(shown.slice(0, -1)).toEqual(composed)
    expect(shown.at(-1)?.[0]).toBe('System')
  })
})

test('a page uses the service of another plugin, and hears of its changes', async () => {
  await inShell({ path: '/finance/stock-value' }, async ({ page }) => {
    const total = () => page.locator('.ui-stat-value').first().textContent()
    await heading(page).getByText('Stock Value').waitFor()
    expect(await total()).toBe('€96,601')
    await follow(page, 'Stock')
    await page.getByRole('link', { name: 'Ball bearing 6204' }).click()
    await page.getByRole('button', { name: 'Adjust stock' }).click()
    await page.keyboard.type('none')
    await page.keyboard.press('Enter')
    await page.getByText('Enter a whole number of pcs, 0 or more.').waitFor()
    await page.getByLabel('Counted, in pcs').fill('0')
    await page.keyboard.press('Enter')
    await page.getByText('The stock is 0 pcs now.').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Adjust stock')
    await follow(page, 'Stock Value')
    await heading(page).getByText('Stock Value').waitFor()
    expect(await total()).toBe('€89,517')
  })
})

describe('settings', () => {
  const form = (page: Page, plugin: string) =>
    page.getByRole('region', { name: plugin, exact: true }).locator('form')

  test('are fields by the types that plugins declare', async () => {
    await inShell({ path: '/settings' }, async ({ page }) => {
      const share = form(page, 'Warehouse Management').getByLabel(
        'Low stock, as a share of the reorder level',
      )
      expect(await share.inputValue()).toBe('1')
      expect(await share.getAttribute('inputmode')).toBe('decimal')
      expect(await form(page, 'Finance').getByRole('checkbox', { name: 'Show cents' }).isChecked()).toBe(true)
      expect(await form(page, 'Finance').getByLabel('Time to pay, in days').inputValue()).toBe('30')
      expect(await form(page, 'Personnel').getByLabel('Whom to ask for leave').inputValue()).toBe(
        'the HR desk',
      )
    })
  })

  test('are checked, count at once when they are saved, outlive the page, and go back to the default', async () => {
    await inShell({ path: '/settings' }, async ({ page }) => {
      const warehouse = form(page, 'Warehouse Management')
      const share = warehouse.getByLabel('Low stock')
      const save = warehouse.getByRole('button', { name: 'Save' })
      await badge(page).getByText('9').waitFor()
      await share.fill('a half')
      await save.click()
      await warehouse.getByText('Enter a number, such as 0.5 or 28.').waitFor()
      expect(await share.getAttribute('aria-invalid')).toBe('true')
      expect(await share.evaluate((field) => field === document.activeElement)).toBe(true)
      await share.fill('0.5')
      await badge(page).getByText('9').waitFor()
      await save.click()
      await warehouse.getByText('Saved.').waitFor()
      await badge(page).getByText('2').waitFor()
      await page.reload()
      await badge(page).getByText('2').waitFor()
      expect(await share.inputValue()).toBe('0.5')
      await warehouse.getByRole('button', { name: 'Reset to defaults' }).click()
      await badge(page).getByText('9').waitFor()
      expect(await share.inputValue()).toBe('1')
    })
  })

  test('change the page that uses them', async () => {
    await inShell({ path: '/finance/invoices' }, async ({ page }) => {
      await page.getByRole('cell', { name: '€964.50' }).waitFor()
      await follow(page, 'Settings')
      await form(page, 'Finance').getByLabel('Show cents').uncheck()
      await form(page, 'Finance').getByRole('button', { name: 'Save' }).click()
      await form(page, 'Finance').getByText('Saved.').waitFor()
      const preview = page.getByRole('region', { name: 'How amounts look' })
      await preview.getByText('€1,235').waitFor() // What a plugin has put below the settings.
      await follow(page, 'Invoices')
      await page.getByRole('cell', { name: '€965', exact: true }).waitFor()
    })
  })
})

describe('the plugin manager', () => {
  test('says of each plugin what it is, what it needs, and how it is', async () => {
    await inShell({ path: '/plugins' }, async ({ page }) => {
      const facts = async (plugin: string) => (await row(page, plugin).textContent()) ?? ''
      await row(page, 'wms').getByText('Running').waitFor() // Its badge is in the header.
      expect(await facts('wms')).toContain('Version1.4.0Package@my-company/wmsNeeded byFinance')
      expect(await facts('finance')).toContain('NeedsWarehouse Management ^1.0.0')
      expect(await facts('personnel')).toContain('Ready')
      expect(await page.locator('.ui-page-header').textContent()).toContain(
        '3 plugins: 1 running and 2 ready to be used.',
      )
    })
  })

  test('works by keyboard alone', async () => {
    await inShell({}, async ({ page }) => {
      const focused = () => page.evaluate(() => document.activeElement?.textContent)
      const said = (words: string) => page.getByRole('status').getByText(words).waitFor({ state: 'attached' })
      await tabTo(page, 'Plugins', 'nav')
      await page.keyboard.press('Enter')
      await heading(page).getByText('Plugins').waitFor()
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
      await row(page, 'wms').getByText('Running').waitFor()

      await tabTo(page, 'Switch off', '[data-plugin="wms"]')
      await page.keyboard.press('Enter')
      const question = page.getByRole('dialog', { name: 'Switch off Warehouse Management?' })
      await question.getByText('Finance needs it, and will be blocked until it is on again.').waitFor()
      await page.keyboard.press('Escape')
      await question.waitFor({ state: 'hidden' })
      expect(await focused()).toBe('Switch off')
      expect(await row(page, 'wms').getAttribute('data-state')).toBe('active')

      await page.keyboard.press('Enter')
      await tabTo(page, 'Switch off', 'dialog')
      await page.keyboard.press('Enter')
      await said('Warehouse Management: Switched off.')
      await said('Finance: Blocked, it needs wms, which is disabled.')
      expect(await focused()).toBe('Switch on')
      expect(await row(page, 'finance').textContent()).toContain('Blocked: it needs wms, which is disabled.')

      await page.keyboard.press('Enter')
      await said('Finance: Ready.')
      expect(await focused()).toBe('Switch off')
    })
  })

  test('takes what a plugin contributes out at once, and brings it back', async () => {
    await inShell({ path: '/plugins' }, async ({ page }) => {
      const links = () =>
        page.locator('.shell-side .menu-group a').evaluateAll((all) => all.map((link) => link.textContent))
      const all = await links()
      await badge(page).waitFor()
      await row(page, 'wms').getByRole('button', { name: 'Switch off' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click()
      expect(await links()).toEqual(['Employee', 'Leave Calendar', 'Settings', 'Plugins'])
      expect(await badge(page).count()).toBe(0)
      await row(page, 'wms').getByRole('button', { name: 'Switch on' }).click()
      await badge(page).waitFor()
      expect(await links()).toEqual(all)
    })
  })

  test('leaves the reason where an open page was', async () => {
    await inShell({ path: '/wms/stock' }, async ({ page }) => {
      await heading(page).getByText('Stock').waitFor()
      await follow(page, 'Plugins')
      await row(page, 'wms').getByRole('button', { name: 'Switch off' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click()
      await page.goBack()
      await page.getByRole('alert').getByText('Warehouse Management is switched off').waitFor()
      await page.getByRole('button', { name: 'Switch on' }).click()
      await heading(page).getByText('Stock', { exact: true }).waitFor()
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
    })
    await inShell({ path: '/finance' }, async ({ page }) => {
      await heading(page).getByText('Cash Overview').waitFor()
      await follow(page, 'Plugins')
      await row(page, 'wms').getByRole('button', { name: 'Switch off' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click()
      await page.goBack()
      await page.getByRole('alert').getByText('Finance is blocked').waitFor()
      await page.getByText('it needs wms, which is disabled').waitFor()
      expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0)
    })
  })

  test('switches off until the page is loaded again, as it says', async () => {
    await inShell({ path: '/plugins' }, async ({ page }) => {
      await page.getByText('until the page is loaded again').waitFor()
      await row(page, 'personnel').getByRole('button', { name: 'Switch off' }).click()
      await row(page, 'personnel').getByText('Switched off').waitFor()
      await page.reload()
      await row(page, 'personnel').getByText('Ready').waitFor()
    })
  })
})

const PAGES = [
  '/',
  '/settings',
  '/plugins',
  '/wms/stock',
  '/wms/stock/BRG-6204',
  '/finance/stock-value',
  '/nowhere',
]

describe('every page', () => {
  const settled = (page: Page) => page.locator('main h1').waitFor()

  test.each(PAGES)('%s has names, landmarks and headings in order', async (path) => {
    await inShell({ path }, async ({ page }) => {
      await settled(page)
      const tree = await page.locator('body').ariaSnapshot()
      const unnamed = /^\s*- (button|link|textbox|searchbox|checkbox|combobox|img|dialog)(?! ")/m
      expect(tree).not.toMatch(unnamed)
      expect(await page.getByRole('main').count()).toBe(1)
      expect(await page.getByRole('banner').count()).toBe(1)
      expect(await page.getByRole('navigation', { name: 'Main' }).count()).toBe(1)
      const levels = await page
        .locator('main :is(h1, h2, h3, h4)')
        .evaluateAll((all) =>
          all.filter((one) => one.checkVisibility()).map(({ tagName }) => Number(tagName[1])),
        )
      expect(levels.filter((level) => level === 1)).toHaveLength(1)
      expect(levels[0]).toBe(1)
      for (const [index, level] of levels.entries())
        expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1)
      expect(await page.title()).toMatch(/.+ · My Company$/)
    })
  })

  test.each(PAGES)('%s fits on a phone', async (path) => {
    await inShell({ path, viewport: PHONE }, async ({ page }) => {
      await settled(page)
      const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      expect(await widths()).toEqual([PHONE.width, PHONE.width])
      await page.getByRole('button', { name: 'Open the menu' }).click()
      expect(await widths()).toEqual([PHONE.width, PHONE.width])
    })
  })

  test.each(['/settings', '/plugins'])('%s can be used with a finger', async (path) => {
    await inShell({ path, viewport: PHONE }, async ({ page }) => {
      await settled(page)
      const targets = page.locator('main :is(button, summary, a, label.ui-check, .ui-input)')
      const heights = await targets.evaluateAll((all) =>
        all
          .filter((one) => one.checkVisibility())
          .map((one) => [one.textContent, Math.round(one.getBoundingClientRect().height)] as const),
      )
      expect(heights.length).toBeGreaterThan(2)
      expect(heights.filter(([, height]) => height < 44)).toEqual([])
    })
  })
})
