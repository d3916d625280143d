import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Rolldown } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, frameworkMPlugin, recorder, VERSIONS, versions } from './builds.js'
import { manyPlugins, type Workspace, workspace } from './workspace.js'

let app: Workspace
beforeAll(() => {
  app = workspace(manyPlugins(3))
})
afterAll(() => app.remove())

describe.each(versions)('with %s', (version) => {
  test('source maps lead to the config and its pages', async () => {
    const built = await build(version, app, { build: { sourcemap: true } })
    expect(built.warnings).toEqual([])
    const { file } = built.lazy('\0virtual:framework-m-plugins/hr.js')
    const { sources } = JSON.parse(built.read(`${file}.map`)) as { sources: string[] }
    const own = sources
      .filter((source) => source.includes('/apps/hr/'))
      .map((source) => source.split('/frontend/')[1])
    expect(own).toEqual(expect.arrayContaining(['plugin.config.ts', 'src/pages/stock.tsx', 'src/service.ts']))
  })

  test('a build for the server runs', async () => {
    app.write(
      'frontend/src/server.ts',
      `import plugins, { routes } from 'virtual:framework-m-plugins'
export const pages = async () => [plugins.length, ...(await Promise.all(routes.map(({ component }) => component())))]
`,
    )
    const built = await build(version, app, { build: { ssr: 'src/server.ts', outDir: 'dist-server' } })
    expect(built.warnings).toEqual([])
    const { pages } = await import(pathToFileURL(join(built.dist, 'server.js')).href)
    const [count, ...modules] = (await pages()) as [number, ...Array<{ default: unknown }>]
    expect(count).toBe(3)
    expect(modules.map((module) => typeof module.default)).toEqual(Array(6).fill('function'))
  })

  test('a build that watches composes again', async () => {
    const { logger, warnings } = recorder(VERSIONS[version])
    const watcher = (await VERSIONS[version].build({
      root: app.shell,
      configFile: false,
      logLevel: 'warn',
      customLogger: logger,
      plugins: [frameworkMPlugin()],
      build: { watch: {}, outDir: 'dist-watch', minify: false },
    })) as Rolldown.RolldownWatcher
    const file = 'apps/hr/frontend/plugin.config.ts'
    const relabel = (from: string, to: string) =>
      app.write(file, readFileSync(join(app.root, file), 'utf8').replace(from, to))
    await expect.poll(() => shellCode('dist-watch'), { timeout: 10_000 }).toContain('hr label')
    relabel('hr label', 'people label')
    await expect.poll(() => shellCode('dist-watch'), { timeout: 10_000 }).toContain('people label')
    await watcher.close()
    relabel('people label', 'hr label')
    expect(warnings).toEqual([])
  })
})

/** The text of the shell's script as it stands on disk, or nothing while there is none. */
function shellCode(outDir: string): string {
  try {
    const assets = join(app.shell, outDir, 'assets')
    const [file = ''] = readdirSync(assets).filter((name) => /^index-.*\.js$/.test(name))
    return readFileSync(join(assets, file), 'utf8').includes('people label') ? 'people label' : 'hr label'
  } catch {
    return ''
  }
}
