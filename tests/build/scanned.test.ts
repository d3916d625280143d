/** A style sheet that is made of the classes in plugins, as Tailwind's is: every file of theirs is one that it depends on. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { frameworkMPlugin, versions } from './builds.js'
import { Dev } from './dev.js'
import { manyPlugins, workspace } from './workspace.js'

const CONFIG = 'apps/wms/frontend/plugin.config.ts'
const SHEET = '/src/shell.css'

describe.each(versions)('beside a style sheet that scans plugins, the dev server of %s', (version) => {
  let dev: Dev

  beforeAll(async () => {
    const app = workspace(manyPlugins(2))
    const file = join(app.root, CONFIG)
    const scans = {
      name: 'scans',
      enforce: 'pre' as const,
      transform(this: { addWatchFile(file: string): void }, code: string, id: string) {
        if (!id.endsWith(SHEET)) return undefined
        this.addWatchFile(file)
        return `${code}\nnav { --scanned: '${/class-\w+/.exec(readFileSync(file, 'utf8'))}' }`
      },
    }
    dev = await Dev.start(version, app, { plugins: [frameworkMPlugin(), scans] })
    await dev.open('/wms/stock')
    await dev.shows('h2', 'mark:wms:stock')
    dev.told.length = 0
  })
  afterAll(() => dev?.stop())

  test('makes it anew when a configuration is edited, and leaves the plugin’s code as it is', async () => {
    dev.edit(CONFIG, (text) => text.replace('wms label', 'wms class-red'))
    await dev.shows('nav', 'wms class-red')
    await expect
      .poll(() =>
        dev.at.page.evaluate("getComputedStyle(document.querySelector('nav')).getPropertyValue('--scanned')"),
      )
      .toContain('class-red')
    expect([...new Set(dev.updates().flat())].sort()).toEqual([SHEET, 'virtual:framework-m-plugins'])
    expect(dev.at.loads()).toBe(1)
  })
})
