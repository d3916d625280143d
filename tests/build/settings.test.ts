import { readFileSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { Composer, type ComposerOptions } from '@framework-m/composer'
import type { InlineConfig } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pluginFor } from '../../npm/vite-plugin/src/vite/plugin.js'
import { build, frameworkMPlugin, VERSIONS, versions } from './builds.js'
import { manyPlugins, type Workspace, workspace } from './workspace.js'

let app: Workspace
beforeAll(() => {
  app = workspace(manyPlugins(3))
})
afterAll(() => app.remove())

describe.each(Object.entries(VERSIONS))('the configuration of %s', (_, vite) => {
  const resolved = (config: InlineConfig = {}) =>
    vite.resolveConfig(
      { root: app.shell, configFile: false, plugins: [frameworkMPlugin()], ...config },
      'serve',
      'development',
    )

  test('finds the dependencies of plugins before they are opened', async () => {
    const { entries, exclude } = (await resolved()).optimizeDeps
    expect(entries).toEqual(
      expect.arrayContaining([
        '**/*.html',
        `${app.root}/apps/wms/frontend/plugin.config.ts`,
        `${app.root}/apps/wms/frontend/src/pages/stock.tsx`,
      ]),
    )
    expect(exclude).toEqual(expect.arrayContaining(['virtual:framework-m-plugins', '@company/wms']))
  })

  test('keeps what the user has', async () => {
    const config = await resolved({
      resolve: { dedupe: ['zustand'] },
      server: { fs: { allow: ['/elsewhere'] } },
      optimizeDeps: { entries: ['src/main.tsx'], exclude: ['left-out'] },
    })
    expect(config.resolve.dedupe).toEqual(expect.arrayContaining(['zustand', 'react', 'react-dom']))
    expect(config.resolve.dedupe).not.toContain('unheard')
    expect(config.server.fs.allow).toEqual(expect.arrayContaining(['/elsewhere', app.root]))
    expect(config.optimizeDeps.entries).toContain('src/main.tsx')
    expect(config.optimizeDeps.entries).not.toContain('**/*.html')
    expect(config.optimizeDeps.exclude).toContain('left-out')
  })

  test('names the user’s own pages where it would have looked at all of them', async () => {
    const { optimizeDeps } = await resolved({
      build: { rollupOptions: { input: { admin: 'admin (v2).html' } } },
    })
    expect(optimizeDeps.entries).toContain('admin \\(v2\\).html')
    expect(optimizeDeps.entries).not.toContain('**/*.html')
  })

  test('gives the composer the values of its environment', async () => {
    const asked: ComposerOptions[] = []
    const plugin = pluginFor((options) => {
      asked.push(options)
      return new Composer(options)
    })
    app.write('frontend/.env.staging', 'VITE_REGION=north\nSECRET=1\n')
    const late = { name: 'late', config: () => ({ define: { 'import.meta.env.LATE': '"yes"' } }) }
    const define = {
      'import.meta.env.FLAG': 'true',
      'process.env.TIER': JSON.stringify('gold'),
      'import.meta.env.CALL': 'f()',
      __OTHER__: '1',
    }
    const config: InlineConfig = {
      root: app.shell,
      configFile: false,
      mode: 'staging',
      base: '/erp/',
      plugins: [plugin({ only: ['wms'] }), late],
      define,
    }
    await vite.resolveConfig(config, 'build', 'staging')
    expect(asked.at(-1)).toEqual({
      shell: app.shell,
      only: ['wms'],
      hot: false,
      typesDir: app.shell,
      env: {
        'import.meta.env.BASE_URL': '/erp/',
        'import.meta.env.DEV': process.env.NODE_ENV !== 'production',
        'import.meta.env.FLAG': true,
        'import.meta.env.LATE': 'yes',
        'import.meta.env.MODE': 'staging',
        'import.meta.env.PROD': process.env.NODE_ENV === 'production',
        'import.meta.env.VITE_REGION': 'north',
        'process.env.NODE_ENV': process.env.NODE_ENV,
        'process.env.TIER': 'gold',
      },
    })
    expect(asked).toHaveLength(2)
  })

  test.each([
    [{ __OTHER__: '1' }, true],
    [{ 'import.meta.env.FLAG': 'true' }, true],
    [{ 'import.meta.env.CALL': 'f()' }, undefined],
    [{ 'import.meta.env.ALL': { deep: '1' } }, undefined],
  ])('says whether the environment is all of it, with %j', async (define, complete) => {
    const asked: ComposerOptions[] = []
    const plugin = pluginFor((options) => {
      asked.push(options)
      return new Composer(options)
    })
    await vite.resolveConfig({ root: app.shell, configFile: false, plugins: [plugin()], define }, 'build')
    expect(asked.at(-1)?.env?.['import.meta.env']).toBe(complete)
  })

  test.each(['/', '/erp/', './', ''])('composes once with the base %j', async (base) => {
    for (const command of ['build', 'serve'] as const) {
      let opened = 0
      const plugin = pluginFor((options) => {
        opened++
        return new Composer(options)
      })
      const mode = command === 'build' ? 'production' : 'development'
      await vite.resolveConfig(
        { root: app.shell, configFile: false, base, plugins: [plugin()] },
        command,
        mode,
      )
      expect([command, opened]).toEqual([command, 1])
    }
  })
})

test('a workspace that is reached through a link is composed where it is', async () => {
  const link = `${app.root}-link`
  symlinkSync(app.root, link, 'junction')
  const entries = async (preserveSymlinks: boolean) => {
    const plugins = [frameworkMPlugin({ root: link })]
    const config = {
      root: join(link, 'frontend'),
      configFile: false as const,
      plugins,
      resolve: { preserveSymlinks },
    }
    return (await VERSIONS['Vite 8'].resolveConfig(config, 'serve')).optimizeDeps.entries
  }
  const [real, kept] = [await entries(false), await entries(true)]
  rmSync(link)
  expect(real).toContain(join(app.root, 'apps/wms/frontend/plugin.config.ts'))
  expect(kept).toContain(join(link, 'apps/wms/frontend/plugin.config.ts'))
})

describe('the types of the composition', () => {
  const types = (file = 'framework-m.d.ts') => join(app.shell, file)

  test('are written beside the shell, and left alone while they are true', async () => {
    await build('Vite 8', app)
    expect(readFileSync(types(), 'utf8')).toMatch(/"crm".*"hr".*"wms"/s)
    const past = new Date(2020, 1, 1)
    utimesSync(types(), past, past)
    await build('Vite 8', app)
    expect(statSync(types()).mtimeMs).toBe(past.getTime())
    await build('Vite 8', app, { plugin: { include: ['wms'] } })
    expect(readFileSync(types(), 'utf8')).toMatch(/^(?=.*"wms")(?!.*"hr")/s)
  })

  test('go where `dts` says, or nowhere', async () => {
    await build('Vite 8', app, { plugin: { dts: 'src/types/framework-m.d.ts' } })
    expect(readFileSync(types('src/types/framework-m.d.ts'), 'utf8')).toContain('import("../../../apps/wms/')
    expect(readFileSync(types(), 'utf8')).toContain('import("../apps/wms/')
    utimesSync(types(), 0, 0)
    await build('Vite 8', app, { plugin: { dts: false, include: ['hr'] } })
    expect(statSync(types()).mtimeMs).toBe(0)
  })
})

describe.each(versions)('a composition with errors, in %s', (version) => {
  test('fails the build with all of them in one message', async () => {
    const broken = workspace([{ name: 'wms' }, { name: 'hr' }, { name: 'crm' }])
    for (const name of ['wms', 'hr']) {
      const file = `apps/${name}/frontend/plugin.config.ts`
      broken.write(file, readFileSync(join(broken.root, file), 'utf8').replace('label:', 'lable:'))
    }
    const failure = await build(version, broken).then(
      () => 'built',
      (error: Error) => error.message,
    )
    expect(failure).toContain('Framework M found 2 errors in the composition.')
    for (const name of ['wms', 'hr']) expect(failure).toContain(`apps/${name}/frontend/plugin.config.ts:6:`)
    broken.remove()
  })

  test('says which plugins there are when another is imported', async () => {
    app.write('frontend/src/typo.ts', `import('~framework-m/plugins/wsm')\n`)
    const failure = await build(version, app, {
      build: { rollupOptions: { input: join(app.shell, 'src/typo.ts') } },
    }).then(
      () => 'built',
      (error: Error) => error.message,
    )
    expect(failure).toMatch(/There is no plugin "wsm" in this workspace; there are: (?=.*crm)(?=.*hr).*wms/)
  })

  test('finds the same modules under both names', async () => {
    app.write(
      'frontend/src/alias.ts',
      `import plugins from '~framework-m/plugins'\nimport again from 'virtual:framework-m-plugins'\nconsole.log('same', plugins === again, import('~framework-m/plugins/hr'))\n`,
    )
    const built = await build(version, app, {
      build: { rollupOptions: { input: join(app.shell, 'src/alias.ts') } },
    })
    expect(built.all().filter(({ facade }) => facade === '\0virtual:framework-m-plugins/hr.js')).toHaveLength(
      1,
    )
    expect(
      built.all().filter(({ modules }) => modules.includes('\0virtual:framework-m-plugins')),
    ).toHaveLength(1)
  })
})

test('an option that does not exist is an error, not a silence', () => {
  // @ts-expect-error a typo that the compiler sees too
  expect(() => frameworkMPlugin({ exlude: ['wms'] })).toThrow(
    'no such option: `exlude`. Did you mean `exclude`?',
  )
})

test.each([
  [{ dts: 3 }, 'the option `dts` is a path or `false`, not 3.'],
  [
    { budgets: '150 kB' },
    "the option `budgets` is an object of sizes such as `{ '*': '150 kB' }`, not '150 kB'.",
  ],
  [{ baseline: true }, 'the option `baseline` is a path, not true.'],
  [{ eager: 'apps/**' }, "the option `eager` is a list of globs, not 'apps/**'."],
  [{ inspector: 'lan' }, "the option `inspector` is `true`, `false` or `'network'`, not 'lan'."],
])('a value that an option does not take is named: %j', (options, message) => {
  expect(() => frameworkMPlugin(options as never)).toThrow(`[framework-m] ${message}`)
})

test('so is one that the composer is given', async () => {
  const app = workspace(manyPlugins(1))
  const failed = build('Vite 8', app, { plugin: { only: 'wms' } as never })
  await expect(failed).rejects.toThrow('the option `only` is a list of strings, not "wms"')
  app.remove()
})

describe('the same plugins', () => {
  const config = 'apps/wms/frontend/plugin.config.ts'
  const edit = (app: Workspace, from: string, to: string) =>
    app.write(config, readFileSync(join(app.root, config), 'utf8').replaceAll(from, to))

  test('compose anew for another build, also after a dev server that has ended', async () => {
    const app = workspace(manyPlugins(1))
    const plugins = [frameworkMPlugin()]
    const labels = async () => {
      const { code } = (await build('Vite 8', app, { config: { plugins }, build: { minify: false } })).entry()
      return [...code.matchAll(/label: "(\w+ label)"/g)].map(([, label]) => label)
    }
    expect(await labels()).toEqual(['wms label'])
    edit(app, 'wms label', 'second label')
    expect(await labels()).toEqual(['second label'])
    const server = await VERSIONS['Vite 8'].createServer({
      ...{ root: app.shell, configFile: false, logLevel: 'silent', plugins },
      server: { middlewareMode: true, ws: false },
    })
    await server.close()
    edit(app, 'second label', 'third label')
    expect(await labels()).toEqual(['third label'])
    app.remove()
  })
})
