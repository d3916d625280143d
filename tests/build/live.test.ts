import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { versions } from './builds.js'
import { Dev } from './dev.js'
import { manyPlugins, workspace } from './workspace.js'

const config = (plugin: string) => `apps/${plugin}/frontend/plugin.config.ts`
const page = (plugin: string, name: string) => `apps/${plugin}/frontend/src/pages/${name}.tsx`

/** A page with a state of its own. */
const stateful = (text: string, more = '') => `import { useState } from 'react'
export default function Stateful() {
  const [typed, type] = useState('')
  return <><h2>${text}</h2><input aria-label="page" value={typed} onChange={(event) => type(event.target.value)} /></>
}
${more}`

const HOST = 'virtual:framework-m-plugins'

/** Long enough for an update that should not be there to arrive. */
const AWHILE = 400

describe.each(versions)('while the dev server of %s runs', (version) => {
  let dev: Dev

  beforeAll(async () => {
    const app = workspace(manyPlugins(3))
    app.write(page('wms', 'moves'), stateful('mark:wms:moves'))
    app.write('apps/hr/frontend/src/words.ts', `export const LABEL = 'hr constant'\n`)
    app.write(
      config('hr'),
      readFileSync(join(app.root, config('hr')), 'utf8')
        .replace('"hr label"', 'LABEL')
        .replace('import { Service }', "import { LABEL } from './src/words'\nimport { Service }"),
    )
    dev = await Dev.start(version, app)
    await dev.open('/wms/moves')
    await dev.shows('h2', 'mark:wms:moves')
  })
  afterAll(() => dev?.stop())

  beforeEach(async () => {
    await dev.open('/wms/moves')
    await dev.shows('h2', 'wms:moves')
    await dev.type('shell', 'typed in the shell')
    await dev.type('page', 'typed in the page')
    await wait(100) // What the last test wrote has been heard of.
    dev.told.length = 0
    dev.at.errors.length = 0
  })
  afterEach(async () => {
    expect(dev.at.loads(), 'the page was never reloaded').toBe(1)
    expect(await dev.typed('shell'), 'the shell kept its state').toBe('typed in the shell')
  })

  const pageKeptItsState = async () => expect(await dev.typed('page')).toBe('typed in the page')

  test('an edit of a page is a Fast Refresh', async () => {
    dev.edit(page('wms', 'moves'), (text) => text.replace('mark:wms:moves', 'fresh:wms:moves'))
    await dev.shows('h2', 'fresh:wms:moves')
    await pageKeptItsState()
    expect(dev.updates()).toEqual([[expect.stringContaining(page('wms', 'moves'))]])
  })

  test.each(['wms', 'crm'])(
    'an edit of a label in %s changes the menu in place, in one update',
    async (plugin) => {
      dev.edit(config(plugin), (text) => text.replace(`${plugin} label`, `${plugin} edited`))
      await dev.shows('nav', `${plugin} edited`)
      await pageKeptItsState()
      dev.edit(config(plugin), (text) => text.replace(`${plugin} edited`, `${plugin} label`))
      await dev.shows('nav', `${plugin} label`)
      await pageKeptItsState()
      expect(dev.at.errors).toEqual([])
    },
  )

  test('an edit of a constant that a configuration imports is an edit of the configuration', async () => {
    dev.edit('apps/hr/frontend/src/words.ts', (text) => text.replace('hr constant', 'hr reworded'))
    await dev.shows('nav', 'hr reworded')
    await pageKeptItsState()
    expect(dev.updates()).toEqual([[HOST]])
  })

  test('a save that changes no contribution is nothing at all', async () => {
    const before = [config('wms'), config('hr')].map((file) => readFileSync(join(dev.app.root, file), 'utf8'))
    for (const plugin of ['wms', 'hr']) {
      dev.edit(
        config(plugin),
        (text) => `// A comment.\n${text.replace('routes: [', 'routes:   [ // Pages.')}`,
      )
      const path = join(dev.app.root, config(plugin))
      await wait(AWHILE)
      utimesSync(path, new Date(), new Date())
      await wait(AWHILE)
    }
    dev.edit('apps/hr/frontend/src/words.ts', (text) => `${text}\n/* Another comment. */\n`)
    dev.app.write('apps/hr/frontend/notes.md', 'Nobody reads this.')
    dev.app.write('apps/hr/frontend/src/unused.ts', 'export {}')
    dev.edit('apps/hr/frontend/package.json', (text) => text.replace('"private": true', '"private":  true'))
    await wait(AWHILE)
    dev.app.write(config('wms'), before[0] ?? '')
    dev.app.write(config('hr'), before[1] ?? '')
    await wait(AWHILE)
    expect(dev.updates()).toEqual([])
  })

  test('a plugin that is created appears and opens, is renamed and moves, is deleted and goes', async () => {
    writePlugin('depot', 'stock')
    await dev.shows('nav', 'depot label')
    await pageKeptItsState()
    await dev.open('/depot/stock')
    await dev.shows('h2', 'mark:depot:stock')

    renameSync(join(dev.app.root, 'apps/depot'), join(dev.app.root, 'apps/store'))
    await wait(AWHILE)
    await dev.shows('nav', 'depot label')
    dev.edit(page('store', 'stock'), (text) => text.replace('mark:depot:stock', 'moved:depot:stock'))
    await dev.shows('h2', 'moved:depot:stock')

    rmSync(join(dev.app.root, 'apps/store'), { recursive: true })
    await dev.shows('nav', 'depot label', false)
    await dev.shows('main', 'not found')
    await wait(AWHILE) // Vite hears of deleted files late.

    writePlugin('store', 'stock', 'back:depot:stock')
    await dev.shows('nav', 'store label')
    await dev.open('/store/stock')
    await dev.shows('h2', 'back:depot:stock')
    rmSync(join(dev.app.root, 'apps/store'), { recursive: true })
    await dev.shows('nav', 'store label', false)
    await wait(AWHILE)
  })

  test('dependencies that nobody had before a plugin was created reload nothing', async () => {
    for (const name of ['first', 'second']) {
      dev.app.write(`node_modules/${name}/package.json`, `{ "name": "${name}", "version": "1.0.0" }`)
      dev.app.write(`node_modules/${name}/index.js`, `exports.mark = 'mark:${name}'\n`)
    }
    writePlugin('depot', 'stock', '{first.mark}')
    dev.edit(page('depot', 'stock'), (text) => `import first from 'first'\n${text}`)
    await dev.shows('nav', 'depot label')
    await dev.open('/depot/stock')
    await dev.shows('h2', 'mark:first')
    dev.edit(
      page('depot', 'stock'),
      (text) => `import second from 'second'\n${text.replace('first.mark', 'second.mark')}`,
    )
    await dev.shows('h2', 'mark:second')
    await wait(AWHILE)
    rmSync(join(dev.app.root, 'apps/depot'), { recursive: true })
    await dev.shows('nav', 'depot label', false)
    await wait(AWHILE)
  })

  test('a plugin comes and goes with its tag', async () => {
    const manifest = 'apps/crm/frontend/package.json'
    dev.edit(manifest, (text) => text.replace('"framework-m": true', '"framework-m": false'))
    await dev.shows('nav', 'crm label', false)
    dev.edit(manifest, (text) => text.replace('"framework-m": false', '"framework-m": true'))
    await dev.shows('nav', 'crm label')
    dev.edit(manifest, (text) => text.replace('"framework-m"', '"framework-n"'))
    await dev.shows('nav', 'crm label', false)
    dev.edit(manifest, (text) => text.replace('"framework-n"', '"framework-m"'))
    await dev.shows('nav', 'crm label')
    await pageKeptItsState()
    expect(dev.updates()).toHaveLength(4)
  })

  test('what is wrong is shown over an app that stays up, until it is mended', async () => {
    dev.edit(config('hr'), (text) => text.replace('routes: [', 'routes: [ ,,( '))
    await expect.poll(() => dev.overlay()).toContain('plugin.config.ts')
    await dev.shows('nav', 'hr', false)
    await pageKeptItsState()
    await dev.open('/crm/stock')
    await dev.shows('h2', 'mark:crm:stock')
    dev.edit(config('hr'), (text) => text.replace('routes: [ ,,( ', 'routes: ['))
    await dev.shows('nav', 'hr')
    await expect.poll(() => dev.overlay()).toBeUndefined()
  })

  test('each of several errors is shown with its source lines and its reason', async () => {
    for (const name of ['hr', 'crm']) dev.edit(config(name), (text) => text.replace('routes:', 'rooutes:'))
    await expect.poll(() => dev.overlay()).toContain('2 errors')
    const shown = (await dev.overlay()) ?? ''
    for (const name of ['hr', 'crm']) expect(shown).toContain(`--> ${config(name)}:`)
    expect(shown.match(/\^{7} not known/g)).toHaveLength(2)
    for (const name of ['hr', 'crm']) dev.edit(config(name), (text) => text.replace('rooutes:', 'routes:'))
    await expect.poll(() => dev.overlay()).toBeUndefined()
  })

  test('what was wrong before the page was opened goes without a reload', async () => {
    dev.edit(config('hr'), (text) => text.replace('routes:', 'rooutes:'))
    const other = await dev.browser.newPage()
    let loads = 0
    other.on('request', (request) => void (request.isNavigationRequest() && loads++))
    await other.goto(dev.at.page.url())
    await other.waitForSelector('vite-error-overlay')
    dev.edit(config('hr'), (text) => text.replace('rooutes:', 'routes:'))
    await other.waitForSelector('vite-error-overlay', { state: 'detached' })
    await wait(AWHILE)
    expect(loads).toBe(1)
    await other.close()
  })

  test('an edit that overtakes a page on its way to a browser is not lost', async () => {
    const other = await dev.browser.newPage()
    const host = /virtual:framework-m-plugins(\?t=\d+)?$/
    const overtake = async (route: Route) => {
      const response = await route.fetch()
      dev.edit(config('wms'), (text) => text.replace('wms label', 'wms overtaking'))
      await dev.shows('nav', 'wms overtaking')
      await route.fulfill({ response })
    }
    await other.route(host, overtake, { times: 1 })
    await other.goto(dev.at.page.url())
    const shown = (text: string) => expect.poll(() => other.textContent('nav')).toContain(text)
    await shown('wms overtaking')

    await other.goto('about:blank')
    dev.edit(config('wms'), (text) => text.replace('wms overtaking', 'wms label'))
    await dev.shows('nav', 'wms label')
    await other.goBack() // Out of the browser's cache.
    await shown('wms label')
    await other.close()
    await pageKeptItsState()
  })

  test('a route that disappears while it is open leaves the page of the shell that says so', async () => {
    const route = /\n.*"\/wms\/moves".*\n/
    const before = readFileSync(join(dev.app.root, config('wms')), 'utf8')
    dev.edit(config('wms'), (text) => text.replace(route, '\n'))
    await dev.shows('main', 'not found')
    dev.app.write(config('wms'), before)
    await dev.shows('h2', 'wms:moves')
    expect(dev.at.errors).toEqual([])
  })

  test('a page that cannot be refreshed alone is loaded anew, alone', async () => {
    dev.edit(page('wms', 'moves'), (text) => `${text}\nexport const columns = ['sku']\n`)
    await wait(AWHILE)
    dev.edit(page('wms', 'moves'), (text) => text.replace('wms:moves', 'again:wms:moves'))
    await dev.shows('h2', 'again:wms:moves')
    dev.edit(page('wms', 'moves'), (text) => text.replace('\nexport const columns', '\nconst columns'))
    await wait(AWHILE)
  })

  test('a page file that is renamed along with its import is shown', async () => {
    await dev.open('/crm/moves')
    await dev.shows('h2', 'mark:crm:moves')
    const text = readFileSync(join(dev.app.root, page('crm', 'moves')), 'utf8')
    dev.app.write(page('crm', 'movements'), text.replace('mark:crm:moves', 'renamed:crm:moves'))
    dev.edit(config('crm'), (text) => text.replace('./src/pages/moves', './src/pages/movements'))
    rmSync(join(dev.app.root, page('crm', 'moves')))
    await dev.shows('h2', 'renamed:crm:moves')
    await wait(AWHILE)
  })

  test('a configuration and a module of a plugin that is used are renamed', async () => {
    const service = 'apps/wms/frontend/src/service.ts'
    const before = readFileSync(join(dev.app.root, config('wms')), 'utf8')
    await dev.at.page.evaluate(`import('/@id/__x00__virtual:framework-m-plugins')
      .then(({ default: plugins }) => plugins.find(({ name }) => name === 'wms').services['wms.main']())`)
    renameSync(join(dev.app.root, service), join(dev.app.root, service.replace('service', 'services')))
    dev.edit(config('wms'), (text) =>
      text.replace('./src/service', './src/services').replace('wms label', 'wms renamed'),
    )
    await dev.shows('nav', 'wms renamed')
    await wait(AWHILE)
    renameSync(join(dev.app.root, config('wms')), join(dev.app.root, `${config('wms')}x`))
    await wait(AWHILE)
    await dev.shows('nav', 'wms renamed')

    renameSync(join(dev.app.root, service.replace('service', 'services')), join(dev.app.root, service))
    rmSync(join(dev.app.root, `${config('wms')}x`))
    dev.app.write(config('wms'), before)
    await dev.shows('nav', 'wms label')
    await wait(AWHILE)
    await pageKeptItsState()
  })

  test('an edit of a service reaches whoever asks for it next', async () => {
    // As text, since the test runner gives `import()` another meaning.
    const mark = () =>
      dev.at.page.evaluate(`import('/@id/__x00__virtual:framework-m-plugins')
        .then(({ default: plugins }) => plugins.find(({ name }) => name === 'wms').services['wms.main']())
        .then((create) => create().mark)`)
    expect(await mark()).toBe('mark:wms:service')
    dev.edit('apps/wms/frontend/src/service.ts', (text) =>
      text.replace('mark:wms:service', 'edited:wms:service'),
    )
    await expect.poll(mark).toBe('edited:wms:service')
    await pageKeptItsState()
  })

  test('an edit of a function in a configuration replaces its services, and an edit of a label does not', async () => {
    const create = `import('/@id/__x00__virtual:framework-m-plugins')
      .then(({ default: plugins }) => plugins.find(({ name }) => name === 'wms').services['wms.main'])`
    const keep = () =>
      dev.at.page.evaluate(`${create}.then(async (create) => { await create(); window.create = create })`)
    const isKept = () => dev.at.page.evaluate(`${create}.then((create) => create === window.create)`)
    await keep()
    dev.edit(config('wms'), (text) => text.replace('new Service()', 'Object.assign(new Service(), { n: 1 })'))
    await expect.poll(isKept).toBe(false)
    await keep()
    await wait(AWHILE)
    dev.told.length = 0
    dev.edit(config('wms'), (text) => text.replace('wms label', 'wms goods'))
    await dev.shows('nav', 'wms goods')
    await wait(AWHILE)
    expect(dev.updates()).toEqual([[HOST]])
    expect(await isKept()).toBe(true)
    dev.edit(config('wms'), (text) => text.replace('wms goods', 'wms label'))
    await dev.shows('nav', 'wms label')
    await pageKeptItsState()
  })

  test('an edit of a lifecycle function alone is another plugin, and an edit of a label is not', async () => {
    const plugin = `import('/@id/__x00__virtual:framework-m-plugins')
      .then(({ default: plugins }) => plugins.find(({ name }) => name === 'crm'))`
    const activated = () =>
      dev.at.page.evaluate(`${plugin}.then(({ load }) => load()).then((code) => code.default.activate?.())`)
    const isKept = () => dev.at.page.evaluate(`${plugin}.then(({ load }) => load === window.load)`)
    const keep = () => dev.at.page.evaluate(`${plugin}.then(({ load }) => { window.load = load })`)
    expect(await activated()).toBeUndefined()
    await keep()
    dev.edit(config('crm'), (text) => text.replace('  services:', `  activate: () => 'first',\n  services:`))
    await expect.poll(isKept).toBe(false)
    expect(await activated()).toBe('first')
    await keep()
    await wait(AWHILE)
    dev.edit(config('crm'), (text) => text.replace('crm label', 'crm people'))
    await dev.shows('nav', 'crm people')
    await wait(AWHILE)
    expect(await isKept()).toBe(true)
    dev.edit(config('crm'), (text) => text.replace(`'first'`, `'second'`).replace('crm people', 'crm label'))
    await expect.poll(isKept).toBe(false)
    expect(await activated()).toBe('second')
    await dev.shows('nav', 'crm label')
    await pageKeptItsState()
  })

  test('a checkout of hundreds of files is one update', async () => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: dev.app.root, stdio: 'pipe' })
    git('init', '-q', '-b', 'main')
    git('config', 'user.email', 'test@example.com')
    git('config', 'user.name', 'Test')
    dev.app.write('.gitignore', 'node_modules\nframework-m.d.ts\n')
    git('add', '-A')
    git('commit', '-qm', 'Before')
    git('checkout', '-qb', 'many')
    for (let number = 0; number < 100; number++) writePlugin(`many${number}`, 'stock')
    dev.edit(config('crm'), (text) => text.replace('crm label', 'crm on a branch'))
    await dev.shows('nav', 'many99 label')
    git('add', '-A')
    git('commit', '-qm', 'After')
    await wait(AWHILE)
    dev.told.length = 0
    git('checkout', '-q', 'main')
    await dev.shows('nav', 'many99 label', false)
    await dev.shows('nav', 'crm label')
    await wait(AWHILE)
    expect(dev.updates()).toEqual([[HOST]])
    git('checkout', '-q', 'many')
    await dev.shows('nav', 'many99 label')
    await dev.shows('nav', 'crm on a branch')
    await wait(AWHILE)
    expect(dev.updates()).toEqual([[HOST], [HOST]])
    git('checkout', '-q', 'main')
    await dev.shows('nav', 'crm label')
    await wait(AWHILE)
    await pageKeptItsState()
  })

  function writePlugin(name: string, only: string, text = `mark:${name}:${only}`) {
    const folder = `apps/${name}/frontend`
    dev.app.write(page(name, only), `export default () => <h2>${text}</h2>\n`)
    dev.app.write(
      `${folder}/plugin.config.ts`,
      `export default {
  menu: [{ name: '${name}', label: '${name} label', route: '/${name}/${only}', module: 'Main' }],
  routes: [{ path: '/${name}/${only}', component: () => import('./src/pages/${only}') }],
}
`,
    )
    dev.app.write(`${folder}/package.json`, JSON.stringify({ name: `@company/${name}`, 'framework-m': true }))
  }
})
