import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { versions } from './builds.js'
import { Dev } from './dev.js'
import { folderOf, type PluginSpec, workspace } from './workspace.js'

/** Names that mean something in JavaScript, in URLs, in globs, or in what is generated. */
const PLUGINS: PluginSpec[] = [
  { name: 'x' },
  { name: 'load_x' },
  { name: 'publish' },
  { name: '倉庫', folder: 'lager [1] (ö) =20' },
  { name: "it's" },
  { name: 'a b' },
  { name: 'a_b' },
]

const PAGE = '(app) [id] page'
const page = (plugin: PluginSpec) => `apps/${folderOf(plugin)}/frontend/src/pages/${PAGE}.tsx`
const text = (word: string) =>
  `export const Näme = () => <h2>${word}</h2>\nexport const version = ${JSON.stringify(word)}\n`

describe.each(versions)('with odd names, the dev server of %s', (version) => {
  let dev: Dev
  beforeAll(async () => {
    const app = workspace(PLUGINS)
    dev = await Dev.start(version, app)
    for (const plugin of PLUGINS) {
      app.write(page(plugin), text(`named:${plugin.name}`))
      dev.edit(`apps/${folderOf(plugin)}/frontend/plugin.config.ts`, (config) =>
        config.replace(
          `import('./src/pages/moves')`,
          `import('./src/pages/${PAGE}').then((page) => ({ default: page.Näme }))`,
        ),
      )
    }
  })
  afterAll(() => dev?.stop())

  test.each(PLUGINS)('opens the pages of $name, and changes them in place', async (plugin) => {
    const { name } = plugin
    await dev.open(`/${name}/stock`)
    await dev.shows('h2', `mark:${name}:stock`)
    await expect
      .poll(async () => {
        await dev.open(`/${name}/moves`)
        return dev.at.page.textContent('main')
      })
      .toContain(`named:${name}`)
    // A page may have been asked for before the server had heard of the edits.
    dev.at.errors.length = 0
    dev.app.write(page(plugin), text('renewed'))
    await dev.shows('h2', 'renewed')
    expect(dev.at.loads()).toBe(1)
    expect(dev.at.errors).toEqual([])
  })
})
