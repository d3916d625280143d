import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { versions } from './builds.js'
import { Dev } from './dev.js'
import { manyPlugins, workspace } from './workspace.js'

describe.each(versions)('a shell that does not listen, with %s', (version) => {
  let dev: Dev
  beforeAll(async () => {
    const app = workspace(manyPlugins(2))
    app.write(
      'frontend/src/main.tsx',
      `import plugins, { menu, routes } from 'virtual:framework-m-plugins'
import { start } from './app'
const labels = menu.flatMap((group) => group.children.map((item) => item.label))
const pages = Object.fromEntries(routes.map((route) => [route.path, route.component]))
start(() => ({ count: plugins.length, labels, pages }))
`,
    )
    app.write('apps/wms/frontend/src/pages/moves.tsx', page('first'))
    dev = await Dev.start(version, app)
  })
  afterAll(() => dev?.stop())

  /** A page that Fast Refresh cannot update alone, because it exports something else as well. */
  function page(word: string): string {
    return `export const word = '${word}'\nexport default () => <h2>{word}</h2>\n`
  }

  test('is reloaded for a change of the composition, once', async () => {
    dev.edit('apps/crm/frontend/plugin.config.ts', (text) => text.replace('crm label', 'people label'))
    await dev.shows('nav', 'people label')
    expect(dev.at.loads()).toBe(2)
  })

  test('is reloaded for a component that cannot be updated in place', async () => {
    await dev.open('/wms/moves')
    await dev.shows('h2', 'first')
    const loads = dev.at.loads()
    dev.app.write('apps/wms/frontend/src/pages/moves.tsx', page('second'))
    await dev.shows('h2', 'second')
    expect(dev.at.loads()).toBe(loads + 1)
  })
})
