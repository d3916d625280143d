/** Vite's environments: a client and a server, built by one builder and served by one dev server. */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Composer } from '@framework-m/composer'
import type { BuildEnvironment, InlineConfig, RunnableDevEnvironment, ViteDevServer } from 'vite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PluginPart, Report } from '../../npm/vite-plugin/src/report/report.js'
import { pluginFor } from '../../npm/vite-plugin/src/vite/plugin.js'
import { recorder, VERSIONS } from './builds.js'
import { manyPlugins, type Workspace, workspace } from './workspace.js'

const CONFIG = 'apps/wms/frontend/plugin.config.ts'

const SERVER = `import plugins, { menu, routes } from 'virtual:framework-m-plugins'
export const labels = () => menu.flatMap((group) => group.children.map((item) => item.label))
export const pages = async () => [plugins.length, ...(await Promise.all(routes.map(({ component }) => component())))]
`

describe.each(Object.entries(VERSIONS))('with the environments of %s', (_, vite) => {
  let app: Workspace
  let printed: string[]
  /** How often the disk was asked for everything. */
  let opened: number

  beforeEach(() => {
    app = workspace(manyPlugins(3))
    app.write('frontend/src/server.ts', SERVER)
    opened = 0
  })
  afterEach(() => app.remove())

  const frameworkMPlugin = pluginFor((options) => {
    opened++
    return new Composer(options)
  })

  function config(more: InlineConfig): InlineConfig {
    const { logger, warnings } = recorder(vite)
    printed = warnings
    const info = (message: string) => void (message.includes('Framework M') && warnings.push(message))
    return {
      root: app.shell,
      configFile: false,
      logLevel: 'info',
      customLogger: { ...logger, info },
      plugins: [frameworkMPlugin()],
      ...more,
    }
  }

  const environments = () => ({
    client: { build: { outDir: 'dist/client', minify: false } },
    ssr: { build: { outDir: 'dist/server', rollupOptions: { input: join(app.shell, 'src/server.ts') } } },
  })

  async function buildApp(more: InlineConfig = {}) {
    process.env.NODE_ENV = 'production' // As in `vite build`; the test runner has set it to `test`.
    const builder = await vite.createBuilder(
      config({ environments: environments(), builder: {}, ...more }),
      null,
    )
    await builder.buildApp()
  }

  test.each([
    ['one after the other', {}],
    [
      'at once',
      {
        builder: {
          buildApp: (builder: Builder) =>
            Promise.all(Object.values(builder.environments).map((one) => builder.build(one))),
        },
      },
    ],
    ['with shared plugins', { builder: { sharedConfigBuild: true, sharedPlugins: true } }],
  ])('one builder makes both, %s', async (_, more) => {
    await buildApp(more as InlineConfig)
    expect(opened).toBe(1)
    const report = JSON.parse(
      readFileSync(join(app.shell, 'dist/client/.framework-m/composition.json'), 'utf8'),
    ) as Report
    expect(report.plugins.map(({ name }) => name)).toEqual(['hr', 'wms', 'crm'])
    expect(existsSync(join(app.shell, 'dist/server/.framework-m'))).toBe(false)
    expect(printed.filter((text) => text.includes('code by plugin'))).toHaveLength(1)
    expect(printed.filter((text) => !text.includes('code by plugin'))).toEqual([])
    const { pages, labels } = await import(pathToFileURL(join(app.shell, 'dist/server/server.js')).href)
    const [count, ...modules] = (await pages()) as [number, ...Array<{ default: unknown }>]
    expect(count).toBe(3)
    expect(modules.map((module) => typeof module.default)).toEqual(Array(6).fill('function'))
    expect(labels()).toEqual(['crm label', 'hr label', 'wms label'])
  })

  test('each environment has its own findings', async () => {
    // The server may load plugins at once, and is told first; the shell in the browser may not.
    app.write('frontend/src/server.ts', `import '../../apps/wms/frontend/src/pages/stock'\n${SERVER}`)
    const environmentsInTurn = async (builder: Builder) => {
      await builder.build(builder.environments.ssr as BuildEnvironment)
      await builder.build(builder.environments.client as BuildEnvironment)
    }
    await buildApp({ builder: { buildApp: environmentsInTurn } })
    app.write(
      'frontend/src/app.tsx',
      `import '../../apps/wms/frontend/src/pages/stock'\nexport const start = () => {}\n`,
    )
    await expect(buildApp({ builder: { buildApp: environmentsInTurn } })).rejects.toThrow(/FM5001/)
    expect(existsSync(join(app.shell, 'dist/server/server.js'))).toBe(true)
  })

  test('each environment is compared with its own build before', async () => {
    const browsers = {
      client: { build: { outDir: 'dist/client' } },
      kiosk: {
        consumer: 'client' as const,
        build: {
          outDir: 'dist/kiosk',
          minify: false,
          rollupOptions: { input: join(app.shell, 'index.html') },
        },
      },
    }
    const atOnce = async (builder: Builder) => {
      await Promise.all(Object.values(browsers).map((_, at) => builder.build(named(builder, at))))
    }
    const named = (builder: Builder, at: number) =>
      builder.environments[Object.keys(browsers)[at] as string] as BuildEnvironment
    const shared = { sharedConfigBuild: true, sharedPlugins: true, buildApp: atOnce }
    const sizes = (read: (plugin: PluginPart) => unknown) =>
      Object.keys(browsers).map((name) => {
        const text = readFileSync(join(app.shell, `dist/${name}/.framework-m/composition.json`), 'utf8')
        return (JSON.parse(text) as Report).plugins.map(read)
      })
    await buildApp({ environments: browsers, builder: shared })
    const before = sizes(({ size }) => size)
    const plugins = [frameworkMPlugin({ budgets: { '*': '1 B' }, severity: { FM5003: 'warning' } })]
    await buildApp({ environments: browsers, builder: shared, plugins })
    expect(sizes(({ kept }) => kept?.size)).toEqual(before)
    expect(before[0]).not.toEqual(before[1])
  })

  describe('a dev server', () => {
    const edit = (file: string, from: string, to: string) =>
      app.write(file, readFileSync(join(app.root, file), 'utf8').replaceAll(from, to))

    let server: ViteDevServer
    afterEach(() => server?.close())

    type Entry = { labels(): string[]; pages(): Promise<unknown[]> }
    // Each way has modules of its own, so Vite says of a change to whoever asks first.
    const ways = {
      'by its runner': ({ environments: { ssr } }: ViteDevServer) =>
        (ssr as RunnableDevEnvironment).runner.import<Entry>('/src/server.ts'),
      'by `ssrLoadModule`': (server: ViteDevServer) =>
        server.ssrLoadModule('/src/server.ts') as Promise<Entry>,
    }

    test.each(Object.entries(ways))('renders with what was edited, %s', async (_, load) => {
      process.env.NODE_ENV = 'development' // As in `vite dev`; the test runner has set it to `test`.
      server = await vite.createServer(
        config({
          optimizeDeps: { noDiscovery: true, include: [] },
          // No browser comes, and tests at the same time do not want the same port.
          server: { middlewareMode: true, hmr: { server: createServer() } },
        }),
      )
      const labels = async () => (await load(server)).labels()
      const names = async () => (await (await load(server)).pages()).map((page) => nameOf(page))
      expect(await labels()).toEqual(['crm label', 'hr label', 'wms label'])
      expect(await names()).toEqual(['', ...Array(6).fill('Page')])
      edit(CONFIG, 'wms label', 'store')
      await expect.poll(labels, { timeout: 5000 }).toEqual(['crm label', 'hr label', 'store'])
      edit('apps/wms/frontend/src/pages/moves.tsx', 'function Page', 'function Edited')
      await expect.poll(names, { timeout: 5000 }).toContain('Edited')
      const client = await server.environments.client.transformRequest('virtual:framework-m-plugins')
      expect(client?.code).toContain('"store"')
      expect(printed).toEqual([])
      await server.close()
      expect(opened).toBe(1)
    })
  })
})

const nameOf = (page: unknown) => (page as { default?: { name: string } }).default?.name ?? ''

type Builder = Awaited<ReturnType<(typeof VERSIONS)['Vite 8']['createBuilder']>>
