/** A component that is made of a file by what stands behind a `?`, as vite-plugin-svgr does it: the file alone is another module. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, frameworkMPlugin, versions } from './builds.js'
import { Dev } from './dev.js'
import { type Workspace, workspace } from './workspace.js'

const CONFIG = `import { definePlugin } from '@framework-m/plugin-sdk'
import Imported from './src/icon.svg?shown'
export default definePlugin({
  menu: [{ name: 'wms.menu', label: 'wms label', route: '/wms/icon', module: 'Main' }],
  routes: [
    { path: '/wms/icon', component: () => import('./src/icon.svg?shown') },
    { path: '/wms/imported', component: Imported },
  ],
})
`

const shows = {
  name: 'shows',
  enforce: 'pre' as const,
  load: (id: string) =>
    /icon\.svg\?(import&)?shown/.test(id) ? `export default () => 'mark:shown'\n` : undefined,
}

describe.each(versions)('components behind a query with %s', (version) => {
  let app: Workspace
  beforeAll(() => {
    app = workspace([{ name: 'wms' }])
    app.write('apps/wms/frontend/plugin.config.ts', CONFIG)
    app.write('apps/wms/frontend/src/icon.svg', '<svg xmlns="http://www.w3.org/2000/svg" />\n')
  })
  afterAll(() => app?.remove())

  test.each(['plugin', 'route'] as const)(
    'are built as they are written, split by %s',
    async (codeSplitting) => {
      const plugins = [shows, frameworkMPlugin({ codeSplitting })]
      const built = await build(version, app, { config: { plugins } })
      const code = built
        .all()
        .map((chunk) => chunk.code)
        .join('\n')
      expect(code).toContain('mark:shown')
      expect(code).not.toContain('svg+xml')
    },
  )

  test('are shown by a dev server', async () => {
    const dev = await Dev.start(version, app, { plugins: [shows, frameworkMPlugin()] })
    for (const path of ['/wms/icon', '/wms/imported']) {
      await dev.open(path)
      await dev.shows('main', 'mark:shown')
      await dev.open('/')
      await dev.shows('main', 'mark:shown', false)
    }
    await dev.stop()
  })
})
