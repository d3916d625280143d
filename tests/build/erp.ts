import { cpSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { type Visit, visit } from './browser.js'
import { empty, link, type Workspace } from './workspace.js'

const REPOSITORY = join(import.meta.dirname, '../..')
const FIXTURES = join(REPOSITORY, 'fixtures')

/** The plugins of `fixtures/misbehaving`. */
export const MISBEHAVING = readdirSync(join(FIXTURES, 'misbehaving'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()

/** A copy of the demo, with more plugins beside its own. */
export function erp(more: readonly string[] = []): Workspace {
  const app = empty('framework-m-erp-')
  const { root } = app
  copy(join(FIXTURES, 'erp'), root)
  for (const name of more) copy(join(FIXTURES, 'misbehaving', name), join(root, 'apps', name, 'frontend'))
  for (const name of ['react', 'react-dom', 'react-router', '@framework-m/plugin-sdk'])
    link(root, name, join(REPOSITORY, 'node_modules', name))
  link(root, '@my-company/ui', join(root, 'libs/ui'))
  return app
}

function copy(from: string, to: string): void {
  const filter = (file: string) => !['node_modules', 'dist'].includes(basename(file))
  cpSync(from, to, { recursive: true, filter })
}

export const PHONE = { width: 360, height: 740 }

export interface Arrival {
  /** Default: Ada Moreau, warehouse clerk. */
  as?: 'Ada' | 'Sam'
  path?: string
  viewport?: { width: number; height: number }
}

/** Opens the shell in a fresh profile whose clock can be turned on, and signs in. */
export async function arrive(
  browser: Browser,
  url: string,
  { as = 'Ada', path = '/', viewport = { width: 1280, height: 860 } }: Arrival = {},
): Promise<Visit> {
  const at = await visit(browser, `${url}${path}`, async (page) => {
    await page.setViewportSize(viewport)
    await page.clock.install()
  })
  await at.page.getByRole('button', { name: as }).click()
  await at.page.locator('.shell').waitFor()
  return at
}

/** Follows an entry of the menu; some have a count at their end. */
export async function follow(page: Page, entry: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: new RegExp(`^${entry}( \\d.*)?$`) })
    .click()
}

/** The row of a plugin in the plugin manager. */
export function row(page: Page, plugin: string) {
  return page.locator(`[data-plugin="${plugin}"]`)
}

/** Presses Tab until the focus is on something of this name, and fails where it never is. */
export async function tabTo(page: Page, name: string, within = 'body'): Promise<void> {
  const isThere = () =>
    page.evaluate(
      ([wanted, scope]) => {
        const { activeElement } = document
        const words = activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''
        return words.includes(wanted) && activeElement?.closest(scope) !== null
      },
      [name, within] as const,
    )
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab')
    if (await isThere()) return
  }
  throw new Error(`nothing of the name ${name} in ${within} is reached by keyboard`)
}
