import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Composed, Composer, type Watcher } from '@framework-m/composer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const AWHILE = 300

describe('composer.watch', () => {
  let root: string
  let news: Composed[]
  let composer: Composer
  let watcher: Watcher
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const plugin = (folder: string, label: string) => {
    write(`${folder}/plugin.config.ts`, `export default { label: '${label}' }\n`)
    write(`${folder}/package.json`, `{ "name": "${folder.split('/').at(-1)}", "framework-m": true }\n`)
  }

  beforeEach(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-watch-')))
    write('package.json', '{ "name": "shop", "workspaces": ["plugins/*"] }')
    write('package-lock.json', '{}')
    plugin('plugins/wms', 'Warehouse')
    news = []
    composer = new Composer({ root, shell: root })
    watcher = composer.watch((composed) => news.push(composed))
    await watcher.changed([])
  })
  afterEach(() => {
    watcher.close()
    rmSync(root, { recursive: true })
  })

  test('calls back with a composition that equals a fresh one', async () => {
    plugin('plugins/wms', 'Depot')
    await expect.poll(() => news.length).toBe(1)
    expect(news[0]).toEqual(new Composer({ root, shell: root }).compose())
    expect(news[0]).toEqual(composer.compose())
  })

  test('calls nobody for a save that changes nothing', async () => {
    plugin('plugins/wms', 'Warehouse')
    write('plugins/wms/plugin.config.ts', `// A comment.\nexport default { label: 'Warehouse' }\n`)
    write('plugins/wms/notes.md', 'Nobody reads this.')
    await wait(AWHILE)
    await watcher.changed([])
    expect(news).toEqual([])
  })

  test('calls back once for hundreds of files', async () => {
    for (let number = 0; number < 200; number++) plugin(`ready/p${number}`, `Label ${number}`)
    for (let number = 0; number < 200; number++)
      renameSync(join(root, `ready/p${number}`), join(root, `plugins/p${number}`))
    await expect.poll(() => news.length).toBe(1)
    await wait(AWHILE)
    expect(news.map(({ composition }) => composition.plugins.length)).toEqual([201])
  })

  test('has dealt with a change, and called back, by the time `changed` resolves', async () => {
    plugin('plugins/wms', 'Depot')
    await watcher.changed([join(root, 'plugins/wms/plugin.config.ts')])
    expect(news).toHaveLength(1)
  })

  test('hears of what `compose()` has read between an edit and its news', async () => {
    write('plugins/wms/words.ts', "export const label = 'One'\n")
    await wait(AWHILE)
    write('plugins/wms/plugin.config.ts', "import { label } from './words'\nexport default { label }\n")
    composer.compose()
    await expect.poll(() => news.at(-1)?.module).toContain('One')
    write('plugins/wms/words.ts', "export const label = 'Two'\n")
    await expect.poll(() => news.at(-1)?.module).toContain('Two')
  })

  test('lets nobody wait who closes it', async () => {
    const told = watcher.changed([join(root, 'package.json')])
    watcher.close()
    await told
    await watcher.changed([])
  })

  test('calls nobody once it is closed, and lets the process end', async () => {
    watcher.close()
    plugin('plugins/wms', 'Depot')
    await wait(AWHILE)
    expect(news).toEqual([])
    const program = `
      import { Composer } from '@framework-m/composer'
      const watcher = new Composer({ root: ${JSON.stringify(root)} }).watch(() => {})
      await watcher.changed([])
      setTimeout(() => { watcher.close(); console.log('closed') }, 100)`
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 20_000,
    })
    expect({ stdout, status }).toEqual({ stdout: 'closed\n', status: 0 })
  })
})
