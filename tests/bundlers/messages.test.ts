import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Workspace } from '../build/workspace.js'
import { BUNDLERS, type Built, reportOf } from './builds.js'
import { buildShop, plugin, shop } from './shop.js'

// biome-ignore lint/suspicious/noExplicitAny: each bundler has a type of its own for it
type Config = any

let app: Workspace
afterEach(() => app?.remove())

const read = ({ dist }: Built, file: string) => readFileSync(join(dist, file), 'utf8')
const scripts = ({ files }: Built) => files.filter((file) => file.endsWith('.js'))
const chunk = (built: Built, name: string) =>
  scripts(built).filter((file) => new RegExp(`^assets/${name}-[\\w-]{8}\\.js$`).test(file))

describe.each(BUNDLERS)('by %s', (bundler) => {
  test('the same modules are found under both names', async () => {
    app = shop(['wms', 'crm'])
    app.write(
      'frontend/src/main.js',
      `import plugins, { menu } from '~framework-m/plugins'
import again from 'virtual:framework-m-plugins'
console.log(plugins === again, menu)
export const code = [import('~framework-m/plugins/wms'), import('virtual:framework-m-plugins/wms')]
`,
    )
    const built = await buildShop(bundler, app)
    expect(built.errors).toEqual([])
    const first = built.first.map((file) => read(built, file)).join('')
    expect(first.match(/crm label/g)).toHaveLength(1)
    expect(first).not.toContain('wms page')
    expect(chunk(built, 'wms').map((file) => read(built, file))).toEqual([
      expect.stringContaining('wms page'),
    ])
    const holders = scripts(built).filter((file) => read(built, file).includes('wms page'))
    expect(holders).toHaveLength(1)
  })

  test('a plugin that does not exist ends the build, with those that do', async () => {
    app = shop(['wms', 'crm'])
    app.write('frontend/src/main.js', `import('~framework-m/plugins/wsm').then(console.log)\n`)
    const { errors } = await buildShop(bundler, app)
    expect(errors.join('\n')).toContain('There is no plugin "wsm" in this workspace; there are: crm, wms.')
  })

  test('a broken composition ends the build, with both places and the remedy', async () => {
    app = shop(['wms', 'crm'])
    plugin(app.write, 'hr', `settings: 3,`)
    plugin(
      app.write,
      'ads',
      `extensions: [{ id: 'x', point: 'heder.right', component: () => import('./page.js') }],`,
    )
    app.write(
      'apps/crm/plugin.config.js',
      `export default { name: 'crm', routes: [{ path: '/wms', component: () => import('./page.js') }] }\n`,
    )
    const { errors, dist } = await buildShop(bundler, app)
    const text = errors.join('\n')
    expect(text).toContain('FM2003')
    expect(text).toContain('apps/wms/plugin.config.js:4')
    expect(text).toContain('apps/crm/plugin.config.js:1')
    expect(text).toContain('overrides')
    expect(text).toMatch(/FM4\d\d\d[\s\S]*apps\/hr\/plugin\.config\.js:5/)
    expect(existsSync(join(dist, 'assets'))).toBe(false)
  })

  test('a warning of the composition is one of the build', async () => {
    app = shop(['wms'])
    plugin(
      app.write,
      'ads',
      `extensions: [{ id: 'x', point: 'heder.right', component: () => import('./page.js') }],`,
    )
    const { warnings, errors } = await buildShop(bundler, app)
    expect(errors).toEqual([])
    expect(warnings.filter((warning) => warning.includes('heder.right'))).toEqual([
      expect.stringMatching(/FM2\d\d\d[\s\S]*apps\/ads\/plugin\.config\.js:5[\s\S]*header\.right/),
    ])
  })

  test('the shell that imports a plugin is told along which imports', async () => {
    app = shop(['wms', 'crm'])
    app.write(
      'frontend/src/main.js',
      `import { total } from './total.js'\nimport '~framework-m/plugins'\nconsole.log(total)\n`,
    )
    app.write(
      'frontend/src/total.js',
      `// A comment.\nexport { default as total } from '../../apps/wms/page.js'\n`,
    )
    const { errors } = await buildShop(bundler, app)
    expect(errors.join('\n')).toMatch(
      /FM5001[\s\S]*frontend\/src\/total\.js:2:1[\s\S]*frontend\/src\/main\.js:1:1/,
    )
    const allowed = await buildShop(bundler, app, { eager: ['apps/wms/page.js'] })
    expect(allowed.errors).toEqual([])
  })

  test('a plugin that imports another is told to declare it', async () => {
    app = shop(['wms', 'crm'])
    app.write('apps/crm/page.js', `export { default } from '../wms/page.js'\n`)
    const { errors } = await buildShop(bundler, app)
    expect(errors.join('\n')).toMatch(/FM5002[\s\S]*apps\/crm\/page\.js:1:1/)
  })

  test('chunk options that put a plugin into the first load are found', async () => {
    app = shop(['wms', 'crm'])
    const { errors, warnings } = await buildShop(bundler, app, {}, (config) => {
      const group = { name: 'main', test: /apps[\\/]wms|src[\\/]main/ }
      if (bundler === 'rollup')
        return {
          ...config,
          output: {
            ...config.output,
            manualChunks: (id: string) => (group.test.test(id) ? 'all' : undefined),
          },
        }
      if (bundler === 'rolldown')
        return {
          ...config,
          output: { ...config.output, codeSplitting: { groups: [{ ...group, name: 'all' }] } },
        }
      return {
        ...config,
        optimization: { splitChunks: { cacheGroups: { all: { ...group, chunks: 'all', enforce: true } } } },
      }
    })
    expect(errors.join('\n')).toMatch(/FM5004[\s\S]*wms/)
    if (bundler === 'rollup') expect(warnings.join('\n')).toContain('with Rollup and Vite 7 leave it out')
  })

  test('a budget that is exceeded ends the build, with the figures', async () => {
    app = shop(['wms'])
    expect((await buildShop(bundler, app, { budgets: { '*': '10 kB' } })).errors).toEqual([])
    const { errors } = await buildShop(bundler, app, { budgets: { '*': '10 kB', wms: '10 B' } })
    expect(errors.join('\n')).toMatch(/FM5003[\s\S]*budget of 0\.01 kB[\s\S]*budgets: \{ wms: '1 kB' \}/)
  })

  test('a baseline that is no report ends the build', async () => {
    app = shop(['wms'])
    const attempt = buildShop(bundler, app, { baseline: 'none.json' }).then(
      ({ errors }) => errors.join(),
      String,
    )
    expect(await attempt).toContain('which is not the composition.json of a build')
  })

  test('the types of the composition are written', async () => {
    app = shop(['wms'])
    await buildShop(bundler, app, { dts: 'types/plugins.d.ts' })
    expect(readFileSync(join(app.shell, 'types/plugins.d.ts'), 'utf8')).toContain('"/wms"')
    expect(existsSync(join(app.shell, 'framework-m.d.ts'))).toBe(false)
    await buildShop(bundler, app)
    expect(existsSync(join(app.shell, 'framework-m.d.ts'))).toBe(true)
  })

  test('a page is a chunk of its own where code is split by route', async () => {
    app = shop(['wms', 'crm'])
    const built = await buildShop(bundler, app, { codeSplitting: 'route' })
    expect(built.errors).toEqual([])
    for (const name of ['wms', 'crm']) {
      const [page, ...others] = chunk(built, `${name}\\.page`)
      expect(others).toEqual([])
      expect(read(built, page ?? '')).toContain(`${name} page`)
      const plugins = reportOf(built).plugins
      expect(plugins.find((one) => one.name === name)?.chunks).toContain(page)
    }
  })

  test('what the bundler puts in the place of an expression is known', async () => {
    app = shop([])
    const label = 'process.env.TIER'
    plugin(app.write, 'wms', `modules: [{ name: 'shop', label: ${label} + ' ' + process.env.NODE_ENV }],`)
    const values = { [label]: '"gold"' }
    const { DefinePlugin } =
      bundler === 'rspack' ? await import('@rspack/core') : (await import('webpack')).default
    const env = { [label]: 'gold', 'process.env.NODE_ENV': 'production' }
    const told = bundler === 'rollup' ? { env } : {}
    const built = await buildShop(bundler, app, told, (config) => {
      if (bundler === 'rollup') return config
      if (bundler === 'rolldown')
        return { ...config, transform: { define: { ...config.transform.define, ...values } } }
      return {
        ...config,
        plugins: [...config.plugins, new DefinePlugin({ 'process.env': { TIER: '"gold"' } })],
      }
    })
    expect(built.errors).toEqual([])
    expect(built.first.map((file) => read(built, file)).join('')).toContain('gold production')
  })

  test('what plugins share is the shell’s copy', async () => {
    app = shop([])
    const lib = (folder: string, text: string) => {
      app.write(
        `${folder}/node_modules/lib/package.json`,
        '{ "name": "lib", "version": "1.0.0", "type": "module", "exports": { "./deep": "./in/deep.js" } }',
      )
      app.write(`${folder}/node_modules/lib/in/deep.js`, `export const lib = '${text}'\n`)
    }
    lib('.', 'the copy of the shell')
    lib('apps/wms', 'another copy')
    plugin(app.write, 'wms')
    app.write(
      'apps/wms/package.json',
      '{ "name": "@shop/wms", "version": "1.0.0", "type": "module", "framework-m": true, "peerDependencies": { "lib": "^1.0.0" } }',
    )
    app.write('apps/wms/page.js', `import { lib } from 'lib/deep'\nexport default () => console.log(lib)\n`)
    const severity = { FM1010: 'off', FM1011: 'off' } as const
    const built = await buildShop(bundler, app, { severity })
    expect(built.errors).toEqual([])
    const all = scripts(built)
      .map((file) => read(built, file))
      .join('')
    expect(all).toContain('the copy of the shell')
    expect(all).not.toContain('another copy')
  })

  test('an option that it cannot have is refused', async () => {
    app = shop(['wms'])
    const made = (options: object) =>
      buildShop(bundler, app, options).then(String, (error: Error) => error.message)
    expect(await made({ inspector: false })).toBe(
      `[framework-m] the plugin for ${bundler} has no option \`inspector\`: the inspector is a page of Vite's dev server. Leave the option out.`,
    )
    expect(await made({ exlude: ['wms'] })).toContain('no such option: `exlude`. Did you mean `exclude`?')
    expect(await made({ budgets: { wms: 'much' } })).toContain('the budget of `wms` is a size')
  })
})

test.each(['rolldown', 'rspack', 'webpack'] as const)(
  'what plugins share has a chunk of its own by %s, and a group of the user’s has the last word',
  async (bundler) => {
    app = shop(['wms', 'crm', 'hr'])
    app.write('libs/ui.js', `export const ui = 'mark of the library'\n`)
    for (const name of ['wms', 'crm'])
      app.write(
        `apps/${name}/page.js`,
        `import { ui } from '../../libs/ui.js'\nexport default () => console.log(ui, '${name} page')\n`,
      )
    const holders = (built: Built) =>
      scripts(built).filter((file) => read(built, file).includes('mark of the library'))
    const built = await buildShop(bundler, app)
    expect(holders(built)).toEqual([expect.stringMatching(/^assets\/framework-m-shared-/)])
    expect(built.first).not.toContain(holders(built)[0])
    const { plugins, shared } = reportOf(built)
    expect(shared.chunks).toContain(holders(built)[0])
    const users = plugins.filter((one) => one.shared.chunks.includes(holders(built)[0] ?? ''))
    expect(users.map(({ name }) => name).sort()).toEqual(['crm', 'wms'])
    const group = { name: 'mine', test: /libs/ }
    const again = await buildShop(bundler, app, {}, (config) =>
      bundler === 'rolldown'
        ? { ...config, output: { ...config.output, codeSplitting: { groups: [group] } } }
        : {
            ...config,
            optimization: {
              splitChunks: { cacheGroups: { mine: { ...group, chunks: 'async', enforce: true } } },
            },
          },
    )
    expect(holders(again)).toEqual([expect.stringMatching(/^assets\/mine-/)])
  },
)

test('the shell is the package of the folder that is named, wherever the bundler is started', async () => {
  app = shop(['wms'])
  const context = join(app.shell, 'src')
  const elsewhere = { ...app, shell: app.root }
  const path = join(app.shell, 'dist')
  const named = (config: Config) => ({
    ...config,
    context,
    entry: './main.js',
    output: { ...config.output, path },
  })
  for (const bundler of ['rspack', 'webpack'] as const) {
    expect((await buildShop(bundler, elsewhere, {}, named)).errors).toEqual([])
    expect(existsSync(join(app.shell, 'framework-m.d.ts'))).toBe(true)
    rmSync(join(app.shell, 'framework-m.d.ts'))
  }
  const { errors } = await buildShop('rolldown', elsewhere, {}, (config) => ({ ...config, cwd: app.shell }))
  expect(errors).toEqual([])
  expect(existsSync(join(app.shell, 'framework-m.d.ts'))).toBe(true)
})

test('Rolldown keeps the exports of a page where it is told to', async () => {
  app = shop(['wms', 'crm'])
  const strict = { preserveEntrySignatures: 'strict' }
  const built = await buildShop('rolldown', app, {}, (config) => ({ ...config, ...strict }))
  expect(built.errors).toEqual([])
  expect(read(built, built.first[0] ?? '')).toMatch(/export ?\{[^}]* as shop/)
  expect(chunk(built, 'wms')).toHaveLength(1)
})

describe.each(['rspack', 'webpack'] as const)('by %s', (bundler) => {
  test('a plugin may have the name of an entry', async () => {
    app = shop(['main', 'crm'])
    const built = await buildShop(bundler, app, { codeSplitting: 'plugin' })
    expect(built.errors).toEqual([])
    const [file, ...others] = scripts(built).filter((one) => read(built, one).includes('main page'))
    expect([file, others]).toEqual([expect.stringMatching(/^assets\/main~plugin-/), []])
    expect(reportOf(built).plugins.find(({ name }) => name === 'main')?.chunks).toEqual([file])
  })

  test('what no rule takes for a script may be a file of its own', async () => {
    app = shop(['wms'])
    const files = { exclude: [/\.[cm]?js$/, /\.json$/], type: 'asset/resource' }
    const built = await buildShop(bundler, app, {}, (config) => ({
      ...config,
      module: { ...config.module, rules: [{ oneOf: [...config.module.rules, files] }] },
    }))
    expect(built.errors).toEqual([])
    expect(built.first.map((file) => read(built, file)).join('')).toContain('wms label')
  })

  test('a chunk of all packages has no plugin', async () => {
    app = shop(['wms', 'crm'])
    app.write('node_modules/lib/package.json', '{ "name": "lib", "version": "1.0.0", "main": "lib.js" }')
    app.write('node_modules/lib/lib.js', `exports.lib = 'lib'\n`)
    app.write(
      'frontend/src/main.js',
      `import { lib } from 'lib'\nimport '~framework-m/plugins'\nconsole.log(lib)\n`,
    )
    const test = /[\\/]node_modules[\\/]/
    const cacheGroups = { vendors: { test, name: 'vendors', chunks: 'all', enforce: true } }
    const built = await buildShop(bundler, app, {}, (config) => ({
      ...config,
      optimization: { splitChunks: { cacheGroups } },
    }))
    expect(built.errors).toEqual([])
    expect(chunk(built, 'vendors').map((file) => read(built, file))).toEqual([
      expect.not.stringContaining('plugin'),
    ])
  })

  test('chunks are checked and reported whose names end in a query', async () => {
    app = shop(['wms', 'crm'])
    const asked = 'assets/[name].js?v=[contenthash:8]'
    const queried = (config: Config) => ({
      ...config,
      output: { ...config.output, filename: asked, chunkFilename: asked },
    })
    const built = await buildShop(bundler, app, {}, queried)
    expect(built.errors).toEqual([])
    const { plugins, shell } = reportOf(built)
    expect(plugins.map(({ chunks }) => chunks)).toEqual([['assets/crm.js'], ['assets/wms.js']])
    expect(shell.size.raw).toBe(statSync(join(built.dist, 'assets/main.js')).size)
    const { errors } = await buildShop(bundler, app, { budgets: { wms: '10 B' } }, queried)
    expect(errors.join('\n')).toContain('FM5003')
  })
})

test.each(['rspack', 'webpack'] as const)(
  'a cache on the disk of %s keeps no name of a plugin, where each page is a chunk',
  async (bundler) => {
    app = shop(['wms', 'crm'])
    const config = readFileSync(join(app.root, 'apps/crm/plugin.config.js'), 'utf8')
    app.write('apps/crm/plugin.config.js', config.replace(`name: 'crm',`, ''))
    const cache = bundler === 'rspack' ? { type: 'persistent' } : { type: 'filesystem' }
    const cached = () => buildShop(bundler, app, { codeSplitting: 'route' }, (all) => ({ ...all, cache }))
    expect((await cached()).errors).toEqual([])
    const manifest = readFileSync(join(app.root, 'apps/crm/package.json'), 'utf8')
    app.write('apps/crm/package.json', manifest.replace('@shop/crm', '@shop/sales'))
    const built = await cached()
    expect(built.errors).toEqual([])
    expect(chunk(built, 'sales.page')).toHaveLength(1)
  },
)

test('webpack’s modules that are compiled when somebody asks for them are as lazy as they are', async () => {
  app = shop(['wms', 'crm'])
  // As if somebody had asked for all of them.
  const module = () => ({ client: join(app.shell, 'src/client.js'), data: '', active: true })
  const backend = (_: object, done: (error: null, api: object) => void) =>
    done(null, { module, dispose: (disposed: () => void) => disposed() })
  app.write('frontend/src/client.js', `export const activate = () => () => {}\n`)
  const lazily = (config: Config) => ({ ...config, experiments: { lazyCompilation: { backend } } })
  expect((await buildShop('webpack', app, {}, lazily)).errors).toEqual([])
  app.write('frontend/src/main.js', `import '~framework-m/plugins'\nimport '../../apps/wms/page.js'\n`)
  const { errors } = await buildShop('webpack', app, {}, lazily)
  expect(errors.join('\n')).toMatch(/FM5001[\s\S]*frontend\/src\/main\.js:2:1/)
})

test.each(['rspack', 'webpack'] as const)(
  'a cache on the disk of %s keeps no composition',
  async (bundler) => {
    app = shop(['wms'])
    const cache = bundler === 'rspack' ? { type: 'persistent' } : { type: 'filesystem' }
    const cached = () => buildShop(bundler, app, {}, (config) => ({ ...config, cache }))
    expect((await cached()).errors).toEqual([])
    plugin(app.write, 'hr')
    const built = await cached()
    expect(built.errors).toEqual([])
    expect(built.first.map((file) => read(built, file)).join('')).toContain('hr label')
    expect(chunk(built, 'hr')).toHaveLength(1)
    rmSync(join(app.root, 'apps/wms'), { recursive: true })
    const again = await cached()
    expect(again.errors).toEqual([])
    expect(chunk(again, 'wms')).toEqual([])
  },
)
