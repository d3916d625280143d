import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { versions } from './builds.js'
import { Dev } from './dev.js'
import { manyPlugins, workspace } from './workspace.js'

const MAIN = 'frontend/src/main.tsx'
const NAV = `import { nav } from './nav'\nconsole.log(nav)\n`
const STOCK = 'apps/hr/frontend/src/pages/stock.tsx'
const BORROWED = `import { helper as borrowed } from '../../../../wms/frontend/src/helper'\nconsole.log(borrowed)\n`

/** Longer than it takes to load a page and to look at its modules. */
const AWHILE = 1500

describe.each(versions)('the checks while the dev server of %s runs', (version) => {
  let dev: Dev
  const printed = (code: string) => dev.printed.filter((text) => text.includes(`[${code}]`))
  const laidOver = (text: string, is = true) =>
    expect.poll(async () => ((await dev.overlay()) ?? '').includes(text), { timeout: 10_000 }).toBe(is)

  beforeAll(async () => {
    const app = workspace(manyPlugins(3))
    app.write(
      'frontend/src/nav.ts',
      `import { helper } from '../../apps/wms/frontend/src/helper'\nexport const nav = [helper]\n`,
    )
    dev = await Dev.start(version, app)
    await dev.open('/wms/stock')
    await dev.shows('h2', 'mark:wms:stock')
    await dev.open('/hr/stock')
    await dev.shows('h2', 'mark:hr:stock')
  })
  afterAll(() => dev?.stop())

  test('have nothing to say of plugins that were opened', async () => {
    await wait(AWHILE)
    expect(dev.printed).toEqual([])
    expect(await dev.overlay()).toBeUndefined()
  })

  test('say once that the shell loads a plugin, until it no longer does', async () => {
    dev.edit(MAIN, (text) => NAV + text)
    await laidOver('The shell loads code of the plugin `wms` along with its own')
    expect(printed('FM5001')).toHaveLength(1)
    expect(printed('FM5001')[0]).toContain(
      'frontend/src/main.tsx → frontend/src/nav.ts → apps/wms/frontend/src/helper.ts.',
    )
    expect(printed('FM5001')[0]).toContain('--> frontend/src/nav.ts:1:1')
    expect(await dev.overlay()).toContain('frontend/src/nav.ts:1:1')
    await dev.at.page.reload()
    await laidOver('The shell loads code of the plugin `wms` along with its own')
    await wait(AWHILE)
    expect(printed('FM5001')).toHaveLength(1)

    dev.edit(MAIN, (text) => text.replace(NAV, ''))
    await dev.shows('h1', 'plugins')
    await laidOver('FM5001', false)
    await wait(AWHILE)
    expect(await dev.overlay()).toBeUndefined()
    expect(printed('FM5001')).toHaveLength(1)
  })

  test('say that a plugin borrows what it has not declared, until it has', async () => {
    const config = 'apps/hr/frontend/plugin.config.ts'
    await dev.open('/hr/stock')
    dev.edit(STOCK, (text) => BORROWED + text)
    await laidOver('`hr` imports code of the plugin `wms`, which is not among its dependencies')
    expect(printed('FM5002')).toEqual([
      expect.stringContaining('--> apps/hr/frontend/src/pages/stock.tsx:1:1'),
    ])
    dev.edit(config, (text) => text.replace('name: "hr",', `name: "hr", dependencies: { wms: '*' },`))
    await laidOver('is not among its dependencies', false)
    await expect.poll(() => dev.overlay(), { timeout: 10_000 }).toBeUndefined()
    expect(printed('FM5002')).toHaveLength(1)
  })

  test('say that a page is not where it is taken from, until it is', async () => {
    const page = 'apps/crm/frontend/src/pages/moves.tsx'
    dev.edit(page, (text) => text.replace('export default function Page', 'export function Page'))
    await dev.open('/crm/moves')
    await laidOver(
      '`crm` takes a component from apps/crm/frontend/src/pages/moves.tsx, which has no default export',
    )
    expect(printed('FM5006')).toEqual([expect.stringContaining('--> apps/crm/frontend/plugin.config.ts:')])
    expect(printed('FM5006')[0]).toContain('It exports `Page`.')
    dev.edit(page, (text) => text.replace('export function Page', 'export default function Page'))
    // React has taken everything away.
    await dev.at.page.goto(new URL('/crm/moves', dev.at.page.url()).href)
    await dev.shows('h2', 'mark:crm:moves')
    await laidOver('FM5006', false)
    expect(printed('FM5006')).toHaveLength(1)
  })

  test('take an import back that nobody asks for again', async () => {
    dev.edit(MAIN, (text) => NAV + text)
    await laidOver('The shell loads code of the plugin `wms`')
    await dev.at.page.goto('about:blank')
    dev.edit(MAIN, (text) => text.replace(NAV, ''))
    await wait(AWHILE)
    await dev.at.page.goBack()
    await dev.shows('h1', 'plugins')
    await wait(AWHILE)
    expect(await dev.overlay()).toBeUndefined()
  })

  test('show what is wrong with the composition as well', async () => {
    const config = 'apps/crm/frontend/plugin.config.ts'
    dev.edit(MAIN, (text) => NAV + text)
    await laidOver('The shell loads code of the plugin `wms`')
    dev.edit(config, (text) => text.replace('routes:', 'rooutes:'))
    await laidOver('rooutes')
    await laidOver('The shell loads code of the plugin `wms`')
    dev.edit(config, (text) => text.replace('rooutes:', 'routes:'))
    await laidOver('rooutes', false)
    await laidOver('The shell loads code of the plugin `wms`')
    dev.edit(MAIN, (text) => text.replace(NAV, ''))
    await laidOver('FM5001', false)
    await wait(AWHILE)
    const loads = dev.at.loads()
    await wait(AWHILE)
    expect(dev.at.loads()).toBe(loads)
    expect(await dev.overlay()).toBeUndefined()
  })
})
