/** A shell with tests of its own, which its Vitest runs: the plugin for Vite stands in its configuration, and nothing else. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { empty, link, type Workspace } from './workspace.js'

const repository = join(import.meta.dirname, '../..')
const VITEST = join(repository, 'node_modules/vitest/vitest.mjs')
const LINKED = ['react', 'react-dom', 'react-router', 'vite', 'vitest']

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** The test is asked for by name: it writes down what it has found, and the next run writes anew. */
const TESTS = `import plugins, { menu, subscribe } from 'virtual:framework-m-plugins'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { PluginProvider, PluginRegistry, PluginRoutes } from '@framework-m/plugin-sdk'
import { renderToPipeableStream } from 'react-dom/server'
import { StaticRouter } from 'react-router'
import { expect, test, vi } from 'vitest'
import { pieces } from '../../plugins/wms/src/pieces'

vi.mock('../../plugins/wms/src/pieces', () => ({ pieces: () => 'mocked pieces' }))

test('the shell has its plugins', () => {
  const labels = menu.flatMap((group) => group.children.map(({ label }) => label))
  writeFileSync(join(import.meta.dirname, '../seen.json'), JSON.stringify([plugins.map(({ name }) => name), labels]))
  expect(subscribe(() => {})).toBeTypeOf('function')
})

async function shown(at: string) {
  const registry = new PluginRegistry()
  await registry.registerAll(plugins)
  const stream = await new Promise<PassThrough>((resolve, reject) => {
    const { pipe } = renderToPipeableStream(
      <PluginProvider registry={registry} plugins={plugins}>
        <StaticRouter location={at}>
          <PluginRoutes />
        </StaticRouter>
      </PluginProvider>,
      { onAllReady: () => resolve(pipe(new PassThrough())), onError: reject },
    )
  })
  return text(stream)
}

test('their pages are shown, with what a test puts in the place of their code', async () => {
  expect(pieces()).toBe('mocked pieces')
  expect(await shown('/wms/stock')).toContain('/wms/stock has mocked pieces')
})

test('so are those of an installed plugin, whose hooks are the shell’s', async () => {
  expect(await shown('/audit')).toContain('/audit sees audit, wms')
})
`

const MOCK = `import plugins from 'virtual:framework-m-plugins'
import { expect, test, vi } from 'vitest'
import Stock from '../../plugins/wms/src/Stock'

vi.mock('virtual:framework-m-plugins', async (original) => ({ ...(await original()), default: [] }))

test('a test may have other plugins', async () => {
  expect(plugins).toEqual([])
  const { default: real } = await vi.importActual('virtual:framework-m-plugins')
  expect(real).toHaveLength(2)
})

test('and may import what the shell must not', async () => {
  expect(Stock).toBeTypeOf('function')
  // A dev server looks at what it has served once it has been quiet for a while.
  await new Promise((resolve) => setTimeout(resolve, 400))
})
`

/** What jsdom and happy-dom are to Vitest, without a document: tests are served what pages would be. */
const ENVIRONMENT = `export default {
  name: 'page',
  viteEnvironment: 'client',
  setup: () => ({ teardown() {} }),
}
`

const STOCK = `import { useLocation } from 'react-router'
import { pieces } from './pieces'
export default function Stock() {
  return \`\${useLocation().pathname} has \${pieces()}\`
}
`

const AUDIT = `import { usePlugins } from '@framework-m/plugin-sdk'
import { useLocation } from 'react-router'
export default function Audit() {
  return \`\${useLocation().pathname} sees \${usePlugins().map(({ name }) => name).sort().join(', ')}\`
}
`

export function shellWithTests(): Workspace {
  const app = empty('framework-m-vitest-')
  const { root, write } = app
  const require = createRequire(join(repository, 'package.json'))
  for (const name of LINKED) link(root, name, dirname(require.resolve(`${name}/package.json`)))
  link(root, '@framework-m/vite-plugin', join(repository, 'npm/vite-plugin'))
  // Installed and not linked, as users have it: Vitest leaves to Node what lies in \`node_modules\`.
  for (const part of ['package.json', 'dist'])
    cpSync(
      join(repository, 'npm/plugin-sdk', part),
      join(root, 'node_modules/@framework-m/plugin-sdk', part),
      {
        recursive: true,
      },
    )
  link(root, 'semver', dirname(require.resolve('semver/package.json')))
  write('package.json', json({ name: 'company', private: true, workspaces: ['frontend', 'plugins/*'] }))
  write(
    'frontend/package.json',
    json({ name: 'frontend', version: '1.0.0', type: 'module', dependencies: { audit: '1.0.0' } }),
  )
  write(
    'frontend/vite.config.ts',
    `import { frameworkMPlugin } from '@framework-m/vite-plugin'\nexport default { plugins: [frameworkMPlugin()] }\n`,
  )
  write('frontend/environment.ts', ENVIRONMENT)
  write('frontend/test/shell.test.tsx', TESTS)
  write('frontend/test/mock.test.ts', MOCK)
  write(
    'plugins/wms/package.json',
    json({ name: 'wms', version: '1.0.0', type: 'module', 'framework-m': true }),
  )
  write('plugins/wms/plugin.config.ts', configOf('wms', 'Stock', '/wms/stock', './src/Stock'))
  write('plugins/wms/src/Stock.tsx', STOCK)
  write('plugins/wms/src/pieces.ts', `export const pieces = () => 'four pieces'\n`)
  write(
    'node_modules/audit/package.json',
    json({ name: 'audit', version: '1.0.0', type: 'module', 'framework-m': './plugin.config.js' }),
  )
  write('node_modules/audit/plugin.config.js', configOf('audit', 'Audit', '/audit', './page.js'))
  write('node_modules/audit/page.js', AUDIT)
  return app
}

export function configOf(name: string, label: string, route: string, component: string): string {
  return `import { definePlugin } from '@framework-m/plugin-sdk'
export default definePlugin({
  menu: [{ name: '${name}.menu', label: '${label}', route: '${route}', module: 'Main' }],
  routes: [{ path: '${route}', component: () => import('${component}') }],
})
`
}

/** The shell's Vitest, until it ends. */
export class Tests {
  readonly #child: ChildProcess
  readonly #ended: Promise<number | NodeJS.Signals>
  /** All that was printed. */
  printed = ''

  constructor(
    readonly app: Workspace,
    folder: string,
    ...args: string[]
  ) {
    // The runner of this test has set what tells a process that it runs tests.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|CI$)/.test(name)),
    )
    const options = { cwd: join(app.root, folder), env: { ...env, NO_COLOR: '1' } }
    this.#child = spawn(process.execPath, [VITEST, ...args], {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (text) => {
        this.printed += stripVTControlCharacters(String(text))
      })
    this.#ended = new Promise((resolve) =>
      this.#child.once('exit', (code, signal) => resolve(code ?? signal ?? 0)),
    )
  }

  /** The plugins, and the labels of the menu, as the last run has seen them. */
  seen(): string[][] | undefined {
    const file = join(this.app.shell, 'seen.json')
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8') || '[]') : undefined
  }

  /** With what the process ends by itself. */
  end(): Promise<number | NodeJS.Signals> {
    return this.#ended
  }

  stop(): Promise<number | NodeJS.Signals> {
    this.#child.kill('SIGINT')
    return this.#ended
  }
}
