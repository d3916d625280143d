import { readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ServerOptions } from 'vite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { frameworkMPlugin, recorder, VERSIONS } from './builds.js'
import { manyPlugins, type Workspace, workspace } from './workspace.js'

const CONFIG = 'apps/wms/frontend/plugin.config.ts'

/** Long enough to hear of an edit. */
const AWHILE = 400

describe.each(Object.entries(VERSIONS))('a dev server of %s without a browser', (_, vite) => {
  let app: Workspace
  beforeEach(() => {
    app = workspace(manyPlugins(2))
  })
  afterEach(() => app.remove())

  let printed: string[]
  const start = (server: ServerOptions) => {
    const { logger, warnings } = recorder(vite)
    printed = warnings
    return vite.createServer({
      root: app.shell,
      configFile: false,
      customLogger: logger,
      plugins: [frameworkMPlugin()],
      // No browser asks for a dependency, and what is optimized would be written while the folder is removed.
      optimizeDeps: { noDiscovery: true, include: [] },
      server: { ...server, middlewareMode: true },
    })
  }

  const edit = (change: (text: string) => string) => {
    const file = join(app.root, CONFIG)
    app.write(`${CONFIG}.new`, change(readFileSync(file, 'utf8')))
    renameSync(`${file}.new`, file)
  }

  test.each([{}, { hmr: false }, { watch: { usePolling: true, interval: 50 } }] as ServerOptions[])(
    'renders with a configuration that was edited, with %j',
    async (options) => {
      const server = await start(options)
      const menu = async () =>
        JSON.stringify((await server.ssrLoadModule('virtual:framework-m-plugins')).menu as unknown)
      expect(await menu()).toContain('wms label')
      edit((text) => text.replace('wms label', 'wms edited'))
      await expect.poll(menu, { timeout: 5000 }).toContain('wms edited')
      await server.close()
    },
  )

  test('shows Vite the files that were read, as they are now, and no trees', async () => {
    const server = await start({})
    const watched = () =>
      Object.entries(server.watcher.getWatched()).flatMap(([folder, names]) =>
        names.map((name) => join(folder, name)),
      )
    await expect.poll(watched).toContain(join(app.root, CONFIG))
    await expect.poll(watched).toContain(join(app.root, 'packages/ui/package.json'))
    app.write('apps/depot/frontend/plugin.config.ts', `export default { label: 'Depot' }\n`)
    app.write('apps/depot/frontend/package.json', '{ "name": "depot", "framework-m": true }\n')
    await expect.poll(watched).toContain(join(app.root, 'apps/depot/frontend/plugin.config.ts'))
    const outside = watched().filter((file) => file.startsWith(app.root) && !file.startsWith(app.shell))
    // What only pages import was neither read nor looked for.
    expect(outside.filter((file) => /node_modules\/.|helper\.ts$|\.css$/.test(file))).toEqual([])
    rmSync(join(app.root, 'apps/depot'), { recursive: true })
    await expect.poll(watched).not.toContain(join(app.root, 'apps/depot/frontend/plugin.config.ts'))
    await server.close()
  })

  test('says so where the types cannot be written, and stays up', async () => {
    const server = await start({})
    const menu = async () =>
      JSON.stringify((await server.ssrLoadModule('virtual:framework-m-plugins')).menu as unknown)
    await server.pluginContainer.buildStart({})
    expect(await menu()).toContain('wms label')
    rmSync(join(app.shell, 'framework-m.d.ts'))
    app.write('frontend/framework-m.d.ts/in-the-way', '')
    edit((text) => text.replace('wms label', 'wms edited'))
    await expect.poll(() => printed.join()).toContain('framework-m.d.ts')
    await expect.poll(menu).toContain('wms edited')
    await server.close()
  })

  test('reports a package that plugins share from now on, and none that they shared before', async () => {
    const server = await start({})
    const types = () => readFileSync(join(app.shell, 'framework-m.d.ts'), 'utf8')
    await server.pluginContainer.buildStart({})
    const tag = (from: string, to: string) => {
      for (const name of ['wms', 'crm']) {
        const file = `apps/${name}/frontend/package.json`
        app.write(file, readFileSync(join(app.root, file), 'utf8').replace(from, to))
      }
    }
    tag('"framework-m": true', '"framework-m": false')
    await expect.poll(types).not.toContain('"wms"')
    tag('"framework-m": false', '"framework-m": true')
    await expect.poll(types).toContain('"wms"')
    expect(printed.join()).not.toContain('Restart')
    const manifest = { name: 'depot', 'framework-m': true, peerDependencies: { dayjs: '*' } }
    app.write('apps/depot/frontend/plugin.config.ts', `export default { label: 'Depot' }\n`)
    app.write('apps/depot/frontend/package.json', JSON.stringify(manifest))
    await expect.poll(() => printed.join()).toMatch(/share `dayjs`.*Restart/)
    await server.close()
  })

  test('goes on after a restart, and hears of nothing once it is closed', async () => {
    const types = () => readFileSync(join(app.shell, 'framework-m.d.ts'), 'utf8')
    const server = await start({})
    await server.pluginContainer.buildStart({})
    for (let times = 0; times < 2; times++) await server.restart()
    edit((text) => text.replaceAll('/wms/stock', '/wms/stocks'))
    await expect.poll(types).toContain('/wms/stocks')
    await server.close()
    edit((text) => text.replaceAll('/wms/stocks', '/wms/closed'))
    await wait(AWHILE)
    expect(types()).toContain('/wms/stocks')
  })
})
