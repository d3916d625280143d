import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { versions } from '../build/builds.js'
import type { Workspace } from '../build/workspace.js'
import { BUNDLERS } from './builds.js'
import { plugin, shop } from './shop.js'
import { chunk, type Watching, watching } from './watching.js'

/** Each bundler in its own watch mode: what happens on the disk reaches the output, and nobody starts anything again. */

describe.each([...BUNDLERS, ...versions])('%s, while it watches,', (bundler) => {
  let app: Workspace
  let watched: Watching

  beforeEach(async () => {
    app = shop(['wms', 'crm'])
    watched = await watching(bundler, app)
    await shows('wms label')
  })
  afterEach(async () => {
    await watched?.close()
    app?.remove()
  })

  const eventually = { timeout: 15_000, interval: 25 }
  const shows = (text: string) => expect.poll(() => chunk(app, 'main'), eventually).toContain(text)
  /** Some empty the output folder before they fill it again. */
  const hides = (text: string) =>
    expect
      .poll(() => [chunk(app, 'main').includes('plugins'), chunk(app, 'main').includes(text)], eventually)
      .toEqual([true, false])
  const edit = (file: string, from: string, to: string) =>
    app.write(file, readFileSync(join(app.root, file), 'utf8').replaceAll(from, to))

  test('takes an edited configuration, page, and constant that a configuration imports', async () => {
    edit('apps/wms/plugin.config.js', 'wms label', 'Warehouse')
    await shows('Warehouse')
    edit('apps/wms/page.js', 'wms page', 'another page')
    await expect.poll(() => chunk(app, 'wms'), eventually).toContain('another page')
    app.write('apps/words.js', `export const label = 'first'\n`)
    const config = readFileSync(join(app.root, 'apps/crm/plugin.config.js'), 'utf8')
    app.write(
      'apps/crm/plugin.config.js',
      `import { label } from '../words.js'\n${config.replace(`'crm label'`, 'label')}`,
    )
    await shows('first')
    edit('apps/words.js', 'first', 'second')
    await shows('second')
    expect(watched.errors()).toBe('')
    const isReported = () => existsSync(join(app.shell, 'dist/.framework-m/composition.json'))
    await expect.poll(isReported, eventually).toBe(bundler !== 'rspack' && bundler !== 'webpack')
  })

  test('takes a plugin package that appears, and loses one that goes', async () => {
    plugin(app.write, 'hr')
    await shows('hr label')
    await expect.poll(() => chunk(app, 'hr'), eventually).toContain('hr page')
    rmSync(join(app.root, 'apps/crm'), { recursive: true })
    await hides('crm label')
    await expect.poll(() => watched.errors(), eventually).toBe('')
    expect(chunk(app, 'main')).toContain('hr label')
  })

  test('takes a package that is tagged, and loses one whose tag is removed', async () => {
    edit('apps/crm/package.json', '"framework-m": true', '"framework-n": true')
    await hides('crm label')
    edit('apps/crm/package.json', '"framework-n": true', '"framework-m": true')
    await shows('crm label')
  })

  test('takes another name of a plugin whose configuration stays as it is, where each page is a chunk', async () => {
    edit('apps/crm/plugin.config.js', `name: 'crm',`, '')
    await watched.close()
    watched = await watching(bundler, app, { codeSplitting: 'route' })
    await expect.poll(() => chunk(app, 'crm.page'), eventually).toContain('crm page')
    edit('apps/crm/package.json', '@shop/crm', '@shop/sales')
    await expect.poll(() => chunk(app, 'sales.page'), eventually).toContain('crm page')
    await expect.poll(() => watched.errors(), eventually).toBe('')
  })

  test('says what is broken, and goes on once it is mended', async () => {
    const config = readFileSync(join(app.root, 'apps/crm/plugin.config.js'), 'utf8')
    edit('apps/crm/plugin.config.js', `'/crm'`, `'/wms'`)
    await expect.poll(() => watched.errors(), eventually).toContain('FM2003')
    app.write('apps/crm/plugin.config.js', config.replace('crm label', 'mended'))
    await shows('mended')
    await expect.poll(() => watched.errors(), eventually).toBe('')
  })

  test('says that the types cannot be written, and goes on once they can', async () => {
    const types = join(app.shell, 'framework-m.d.ts')
    rmSync(types)
    mkdirSync(types)
    edit('apps/crm/plugin.config.js', `'/crm'`, `'/sales'`)
    await expect.poll(() => watched.errors(), eventually).toContain('EISDIR')
    rmSync(types, { recursive: true })
    edit('apps/crm/plugin.config.js', `'/sales'`, `'/leads'`)
    await shows('/leads')
    await expect.poll(() => watched.errors(), eventually).toBe('')
  })

  const quiet = async () => {
    for (
      let before = -1;
      before !== watched.builds();
      await new Promise((resolve) => setTimeout(resolve, 700))
    )
      before = watched.builds()
  }

  test('builds once to start with', async () => {
    await watched.close()
    // What was written a moment before may have been written a moment after.
    for (const file of readdirSync(app.root, { recursive: true, encoding: 'utf8' }))
      utimesSync(join(app.root, file), 1_000_000_000, 1_000_000_000)
    watched = await watching(bundler, app)
    await quiet()
    expect(watched.builds()).toBe(1)
  })

  test('builds nothing where nothing has changed', async () => {
    await quiet()
    const before = watched.builds()
    app.write('apps/notes.txt', 'nobody reads this')
    app.write('apps/wms/other.js', 'nobody imports this')
    await quiet()
    expect(watched.builds()).toBe(before)
  })
})

test.each(BUNDLERS)('a process in which %s has stopped to watch ends', (bundler) => {
  const app = shop(['wms'])
  const script = join(import.meta.dirname, 'watch-once.js')
  const output = execFileSync(process.execPath, [script, bundler], {
    cwd: app.shell,
    timeout: 30_000,
    stdio: 'pipe',
  })
  expect(String(output)).toContain('closed')
  app.remove()
})
