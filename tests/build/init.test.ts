/** What `framework-m init plugin` makes: installed, tested, compiled, built and looked at, untouched. */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Composer } from '@framework-m/composer'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { page as pageOf } from '../docs/page.js'
import { launch, serve, visit } from './browser.js'

const repository = join(import.meta.dirname, '../..')
const modules = join(repository, 'node_modules')
const command = join(modules, '.bin/framework-m')
const require = createRequire(import.meta.url)
const spawn = promisify(execFile)

/** The tests of a test that runs are not ours. */
const { VITEST, VITEST_MODE, VITEST_POOL_ID, VITEST_WORKER_ID, NODE_ENV, NODE_OPTIONS, ...environment } =
  process.env
const env = { ...environment, YARN_IGNORE_PATH: '1', YARN_ENABLE_TELEMETRY: '0', CI: '' }

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true, maxRetries: 10 })
})

function folder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-init-')))
  roots.push(root)
  return root
}

/** Runs a program to its end. One that fails says what it printed. */
async function run(cwd: string, program: string, ...args: string[]): Promise<string> {
  try {
    return (await spawn(program, args, { cwd, env, maxBuffer: 1 << 26 })).stdout
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`)
  }
}

/** The package managers that are at hand, with the shape of their commands. */
const managers = {
  npm: {
    link: 'file:',
    files: { 'package-lock.json': '{ "lockfileVersion": 3 }' },
    install: ['npm', 'install', '--offline', '--no-audit', '--no-fund'],
    script: (name: string) => ['npm', 'run', name],
  },
  Yarn: {
    link: 'link:',
    files: {
      'yarn.lock': '',
      '.yarnrc.yml': 'nodeLinker: node-modules\nenableNetwork: false\nenableGlobalCache: true\n',
    },
    install: [process.execPath, require.resolve('@yarnpkg/cli-dist/bin/yarn.js'), 'install'],
    script: (name: string) => [
      process.execPath,
      require.resolve('@yarnpkg/cli-dist/bin/yarn.js'),
      'run',
      name,
    ],
  },
}

type Manager = keyof typeof managers

/** A shell without plugins. Its packages are those of this repository, so that nothing is downloaded. */
function company(manager: Manager, tools: string[]): string {
  const root = folder()
  const { files, link } = managers[manager]
  const packages = (names: string[]) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        `${link}${name.startsWith('@framework-m/') ? packageOf(name) : join(modules, name)}`,
      ]),
    )
  const write = (file: string, text: string | object) => {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), typeof text === 'string' ? text : JSON.stringify(text))
  }
  write('package.json', { name: 'company', private: true, workspaces: ['frontend', 'apps/*/frontend'] })
  for (const [file, text] of Object.entries(files)) write(file, text)
  write('frontend/package.json', {
    name: '@company/frontend',
    version: '1.0.0',
    private: true,
    type: 'module',
    scripts: { dev: 'vite', build: 'vite build' },
    dependencies: packages(['@framework-m/plugin-sdk', 'react', 'react-dom', 'react-router']),
    devDependencies: packages(['@framework-m/vite-plugin', '@types/react', ...tools]),
  })
  write(
    'frontend/index.html',
    '<link rel="icon" href="data:,"><div id="root"></div><script type="module" src="/src/main.tsx"></script>',
  )
  write('frontend/tsconfig.json', '{\n  // As Vite makes it.\n  "files": [],\n}\n')
  write(
    'frontend/vite.config.js',
    `import { frameworkMPlugin } from '@framework-m/vite-plugin'\nexport default { plugins: [frameworkMPlugin()] }\n`,
  )
  write(
    'frontend/src/main.tsx',
    `import { PluginProvider, PluginRegistry, PluginRoutes, usePluginMenu } from '@framework-m/plugin-sdk'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, Link } from 'react-router'
import plugins from 'virtual:framework-m-plugins'
const Menu = () => usePluginMenu().map(({ name, label, route }) => <Link key={name} to={route}>{label}</Link>)
createRoot(document.getElementById('root')).render(
  <PluginProvider registry={new PluginRegistry()} plugins={plugins}>
    <BrowserRouter><nav><Menu /></nav><main><PluginRoutes routes={[{ index: true, element: 'home' }]} /></main></BrowserRouter>
  </PluginProvider>,
)
`,
  )
  return root
}

const packageOf = (name: string) => join(repository, 'npm', name.slice('@framework-m/'.length))

/** Builds a shell, and follows its menu to the page of a plugin. Returns the scripts that were loaded for it. */
async function opened(shell: string, label: string, enter = async (_: Page) => {}): Promise<string[]> {
  await run(shell, process.execPath, join(modules, 'vite/bin/vite.js'), 'build')
  const server = await serve(join(shell, 'dist'))
  const browser = await launch()
  try {
    const { page, requests, errors } = await visit(browser, server.url)
    await enter(page)
    const item = page.locator(`nav >> text="${label}"`).first()
    await item.waitFor()
    requests.length = 0
    await item.click()
    await page.waitForSelector(`main h1:text-is("${label}")`)
    expect(errors).toEqual([])
    return requests.filter((file) => file.endsWith('.js'))
  } finally {
    await browser.close()
    await server.close()
  }
}

const cases: [Manager, string[], string][] = [
  ['npm', ['vite', 'typescript', 'vitest'], 'vitest run'],
  ['Yarn', ['vite', 'typescript'], 'node --test'],
]

describe.each(cases)('with %s', (manager, tools, testing) => {
  test(`a new plugin is installed, tested by ${testing}, compiled, built and shown`, async () => {
    const root = company(manager, tools)
    const { install, script } = managers[manager]
    const made = JSON.parse(
      await run(join(root, 'frontend'), command, 'init', 'plugin', 'stock-count', '--json'),
    )
    expect(made).toMatchObject({ package: '@company/stock-count', dir: 'apps/stock-count/frontend' })
    await run(root, ...(install as [string]))
    const dir = join(root, made.dir)
    expect(await run(dir, ...(script('test') as [string]))).toMatch(/1 passed|pass 1\b/)
    await run(dir, ...(script('typecheck') as [string]))
    expect(await run(root, command, 'inspect')).toContain('/stock-count  (stock-count)')
    const chunks = await opened(join(root, 'frontend'), 'Stock count')
    expect(chunks).toContainEqual(expect.stringMatching(/^\/assets\/stock-count-[\w-]{8}\.js$/))
  })
})

test('in the demo, a new plugin lies where the others do, and shows up like them', async () => {
  const root = folder()
  cpSync(join(repository, 'fixtures/erp'), root, {
    recursive: true,
    filter: (file) => !file.endsWith('node_modules') && !file.endsWith('dist'),
  })
  symlinkSync(modules, join(root, 'node_modules'), 'junction')
  const shell = join(root, 'frontend')
  const made = await run(shell, command, 'init', 'plugin', 'repairs')
  const { blocks } = pageOf('docs/plugin-authors.md')
  expect(blocks.map(({ text }) => text)).toContain(made)
  const dir = join(root, 'apps/repairs/frontend')
  expect(await run(dir, process.execPath, '--test')).toMatch(/pass 1\b/)
  const compiler = join(modules, 'typescript/bin/tsc')
  await run(dir, process.execPath, compiler, '-p', '.')
  writeFileSync(
    join(dir, 'src/typo.ts'),
    `import type { RoutePath } from '@framework-m/plugin-sdk'\nexport const to: RoutePath = '/repair'\n`,
  )
  await expect(run(dir, process.execPath, compiler, '-p', '.')).rejects.toThrow(/"\/repairs"|\/repair/)
  const { diagnostics, composition } = new Composer({ shell }).compose()
  expect(diagnostics).toEqual([])
  expect(composition.menu.at(-1)).toMatchObject({
    name: 'repairs.home',
    route: '/repairs',
    plugin: 'repairs',
  })
  const chunks = await opened(shell, 'Repairs', (page) => page.getByRole('button', { name: 'Ada' }).click())
  expect(chunks).toContainEqual(expect.stringMatching(/^\/assets\/repairs-[\w-]{8}\.js$/))
})
