import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rolldown } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Build, type BuildOptions, build, frameworkMPlugin, versions } from './builds.js'
import { manyPlugins, type Workspace, workspace } from './workspace.js'

const HOST = '\0virtual:framework-m-plugins'

let app: Workspace
beforeAll(() => {
  app = workspace(manyPlugins(3))
})
afterAll(() => app.remove())

/** A build of Vite 8 with these output options. */
const withOutput = (
  output: Rolldown.OutputOptions | Rolldown.OutputOptions[],
  more: BuildOptions['build'] = {},
) => build('Vite 8', app, { build: { ...more, rolldownOptions: { output } } })

const firstLoad = (built: Build) => built.closure(built.entry()).flatMap((chunk) => chunk.modules)
const ofPlugins = (modules: string[]) => modules.filter((id) => id.startsWith(`${app.root}/apps/`))
const holding = (built: Build, module: string) =>
  built.all().filter(({ modules }) => modules.some((id) => id.includes(module)))

describe.each(versions)('code split by route with %s', (version) => {
  test('has a chunk a page, named after plugin and page, and no warning', async () => {
    const built = await build(version, app, { plugin: { codeSplitting: 'route' } })
    expect(built.warnings).toEqual([])
    expect(ofPlugins(firstLoad(built))).toEqual([])
    for (const name of ['wms', 'crm', 'hr']) {
      const plugin = built.lazy(`${HOST}/${name}.js`)
      for (const page of ['stock', 'moves']) {
        const chunk = built.lazy(`${HOST}/${name}.${page}.js`)
        expect(chunk.file).toMatch(new RegExp(`^assets/${name}\\.${page}-[\\w-]{8}\\.js$`))
        expect(plugin.lazy).toContain(chunk.file)
        expect(built.closure(plugin)).not.toContain(chunk)
      }
    }
  })
})

describe('the user’s own chunk options', () => {
  test('keep their groups, which win over ours', async () => {
    const groups = [
      { name: 'vendor', test: /node_modules[\\/]|react/ },
      { name: 'late', test: /part-0/, priority: 5 },
    ]
    const built = await withOutput({ codeSplitting: { groups, minSize: 1_000_000_000 } })
    // Theirs fall short of their own minimum; ours have none.
    expect(holding(built, 'packages/ui/index').map(({ file }) => file)).toEqual([
      expect.stringContaining('framework-m-shared'),
    ])
    const again = await withOutput({ codeSplitting: { groups } })
    expect(holding(again, 'dayjs.min').map(({ file }) => file)).toEqual([expect.stringContaining('vendor-')])
    expect(holding(again, 'part-0').map(({ file }) => file)).toEqual([expect.stringContaining('late-')])
    expect(ofPlugins(firstLoad(again))).toEqual([])
    expect(again.warnings).toEqual([])
  })

  test('apply to each output of several', async () => {
    const built = await withOutput([{ entryFileNames: 'one/[name].js' }, { entryFileNames: 'two/[name].js' }])
    expect(holding(built, 'packages/ui/index').map(({ file }) => file)).toEqual([
      expect.stringContaining('framework-m-shared'),
    ])
  })

  test('may ask for a single file', async () => {
    const built = await withOutput({ codeSplitting: false })
    expect(built.all()).toHaveLength(1)
    expect(built.warnings).toEqual([])
  })

  test('may say what is the default', async () => {
    const built = await withOutput({ codeSplitting: true })
    expect(holding(built, 'dayjs.min').map(({ file }) => file)).toEqual([
      expect.stringContaining('framework-m-shared'),
    ])
  })

  test.each(versions)('are left alone where `manualChunks` decides, with a warning (%s)', async (version) => {
    const manualChunks = (id: string) => (id.includes('dayjs') ? 'dates' : undefined)
    const key = version === 'Vite 8' ? 'rolldownOptions' : 'rollupOptions'
    const built = await build(version, app, { build: { [key]: { output: { manualChunks } } } })
    expect(built.warnings.filter((text) => text.includes('[framework-m] `manualChunks`'))).toHaveLength(1)
    expect(holding(built, 'dayjs.min').map(({ file }) => file)).toEqual([expect.stringContaining('dates-')])
  })
})

test.each(versions)('a library keeps its exports, and its plugins are lazy (%s)', async (version) => {
  const lib = { entry: 'src/library.js', formats: ['es', 'cjs'] as Array<'es' | 'cjs'> }
  app.write('frontend/src/library.js', `export { routes } from 'virtual:framework-m-plugins'\n`)
  const { dist } = await build(version, app, { build: { lib } })
  expect(readFileSync(join(dist, 'frontend.js'), 'utf8')).toMatch(/export ?\{[^}]*\broutes\b/)
  const { plugins } = JSON.parse(readFileSync(join(dist, '.framework-m/composition.json'), 'utf8'))
  for (const { chunks } of plugins) expect(chunks).not.toEqual([])
})

/** Where several chunks hold CommonJS, Rolldown gives the few lines by which they are read a chunk of their own. */
const RUNTIME = 'assets/rolldown-runtime-'

test.each(versions)('the demo loads one script at first (%s)', async (version) => {
  const outDir = mkdtempSync(join(tmpdir(), 'framework-m-demo-'))
  const shell = join(import.meta.dirname, '../../fixtures/erp/frontend')
  const built = await build(
    version,
    { ...app, shell },
    { build: { outDir, emptyOutDir: true }, plugin: { dts: false } },
  )
  const first = built.closure(built.entry()).filter(({ file }) => !file.startsWith(RUNTIME))
  expect(first).toHaveLength(1)
  const apps = join(shell, '../apps')
  expect(firstLoad(built).filter((id) => id.startsWith(apps))).toEqual([])
  rmSync(outDir, { recursive: true })
})

test('where modules are federated, chunks are what the bundler makes of them', async () => {
  const federation = { name: 'module-federation-vite' }
  const built = await build('Vite 8', app, { config: { plugins: [federation, frameworkMPlugin()] } })
  expect(built.all().filter(({ file }) => file.includes('framework-m-'))).toEqual([])
  expect(ofPlugins(firstLoad(built))).toEqual([])
})

test('what is imported by `import()` is a chunk of its own, however many plugins lead to it', async () => {
  const own = workspace(manyPlugins(2))
  own.write('packages/ui/late.ts', `export const late = 'mark:late'\n`)
  own.write('packages/ui/soon.ts', `export const soon = () => import('./late')\n`)
  for (const { name } of own.plugins) {
    const file = `apps/${name}/frontend/src/helper.ts`
    const text = readFileSync(join(own.root, file), 'utf8')
    own.write(file, `import { soon } from '@company/ui/soon.ts'\nconsole.log(soon)\n${text}`)
  }
  const built = await build('Vite 8', own)
  expect(holding(built, 'ui/late.ts').map(({ modules }) => modules.length)).toEqual([1])
  expect(holding(built, 'ui/soon.ts').map(({ file }) => file)).toEqual([
    expect.stringContaining('framework-m-shared'),
  ])
  own.remove()
})

test('each of several pages loads its own code alone', async () => {
  app.write('frontend/about.html', '<script type="module" src="/src/about.ts"></script>')
  app.write(
    'frontend/src/about.ts',
    `import { heading } from './format'\nconsole.log('mark:about:page', heading(0))\n`,
  )
  const input = ['index.html', 'about.html'].map((file) => join(app.shell, file))
  const built = await build('Vite 8', app, { build: { rolldownOptions: { input } } })
  const about = built
    .closure(built.entry('about'))
    .map((chunk) => chunk.code)
    .join('')
  expect(about).toContain('mark:about:page')
  expect(about).toContain('mark:shell:format')
  expect(about).not.toContain('react')
  expect(built.closure(built.entry('about')).map(({ file }) => file)).toEqual([
    expect.stringContaining('about-'),
    expect.stringContaining('framework-m-shell-0-1-'),
  ])
  expect(firstLoad(built).some((id) => id.includes('about.ts'))).toBe(false)
  expect(ofPlugins(firstLoad(built))).toEqual([])
})

test('code of one plugin alone is not shared, however many of its parts use it', async () => {
  app.write('packages/ui/only.ts', `export const only = 'mark:ui:only' + Date.now()\n`)
  const page = (name: string) =>
    app.write(
      `apps/wms/frontend/src/pages/${name}.tsx`,
      `import { only } from '@company/ui/only.ts'\nexport default () => <p>{only}</p>\n`,
    )
  page('stock')
  page('moves')
  const built = await build('Vite 8', app, { plugin: { codeSplitting: 'route' } })
  const [holder, ...others] = holding(built, 'packages/ui/only.ts')
  expect(others).toEqual([])
  expect(holder?.file).not.toContain('framework-m-shared')
  const report = built.report()
  expect(report.plugins.find(({ name }) => name === 'wms')?.chunks).toContain(holder?.file)
  expect(report.shared.chunks).toEqual([expect.stringContaining('framework-m-shared')])
})
