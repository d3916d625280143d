import { cpSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { build as buildByVite, frameworkMPlugin, VERSIONS, type Version } from '../build/builds.js'
import { empty, link, type Workspace } from '../build/workspace.js'
import { BUNDLERS, type Built, type Bundler, build, writePage } from './builds.js'

const REPOSITORY = join(import.meta.dirname, '../..')

/** What a shell has: React and no router, or neither. */
export type Kind = 'React' | 'neither'

/** What the SDK brings, and what the configuration for webpack needs. */
const TOOLS = ['semver', 'swc-loader', '@swc/core']

const INSTALLED: Record<Kind, string[]> = {
  React: ['react', 'react-dom', 'scheduler', ...TOOLS],
  neither: TOOLS,
}

/** Both import the root of the SDK alone, as whoever does not know of its other entries. */
const MAIN: Record<Kind, string> = {
  React: `import { ExtensionPoint, PluginProvider, PluginRegistry, usePluginMenu } from '@framework-m/plugin-sdk'
import { createRoot } from 'react-dom/client'
import plugins from 'virtual:framework-m-plugins'

const Menu = () => <nav>{usePluginMenu().flatMap(({ children = [] }) => children).map(({ label }) => label).join()}</nav>
createRoot(document.getElementById('root')!).render(
  <PluginProvider registry={new PluginRegistry()} plugins={plugins}>
    <main><Menu /><ExtensionPoint id="header.right" /></main>
  </PluginProvider>,
)
`,
  neither: `import { PluginRegistry } from '@framework-m/plugin-sdk'
import plugins from 'virtual:framework-m-plugins'

const registry = new PluginRegistry()
async function draw() {
  await registry.registerAll(plugins)
  const count = await registry.services.load('wms.count')
  const labels = registry.getMenu().flatMap(({ children = [] }) => children).map(({ label }) => label)
  document.getElementById('root')!.innerHTML = '<main><nav>' + labels + '</nav><b>' + count() + ' boxes</b></main>'
}
void draw()
`,
}

/** Its badge is its page's, and the configuration has a service that only runs with what \`transient\` makes of it. */
const configuration = (
  contributions: string,
) => `import { definePlugin, transient } from '@framework-m/plugin-sdk'
export default definePlugin({
  name: 'wms',
  menu: [{ name: 'wms.stock', label: 'Stock', route: '/stock', module: 'Main' }],
  services: { 'wms.count': transient(() => () => 3) },
  ${contributions}
})
`

const BADGE = `import { useService } from '@framework-m/plugin-sdk'
export default function Badge() {
  return <b>{useService<() => number>('wms.count')()} boxes</b>
}
`

/** A monorepo whose shell has the SDK as it is published, and is without React Router or without React. */
export function appWithout(kind: Kind, main = MAIN[kind]): Workspace {
  const workspace = empty('framework-m-without-')
  const { root, write } = workspace
  const json = (file: string, value: object) => write(file, JSON.stringify(value))
  json('package.json', { name: 'company', private: true, workspaces: ['frontend', 'apps/*'] })
  json('tsconfig.json', { compilerOptions: { jsx: 'react-jsx', module: 'esnext', target: 'es2022' } })
  json('frontend/package.json', { name: '@company/frontend', version: '1.0.0', type: 'module' })
  const script = '<script type="module" src="/src/main.tsx"></script>'
  write('frontend/index.html', `<link rel="icon" href="data:,"><div id="root"></div>${script}`)
  write('frontend/public/favicon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
  write('frontend/src/main.tsx', main)
  json('apps/wms/package.json', {
    name: '@company/wms',
    version: '1.0.0',
    type: 'module',
    'framework-m': true,
  })
  const badge = `extensions: [{ id: 'wms.badge', point: 'header.right', component: () => import('./Badge') }],`
  write('apps/wms/plugin.config.ts', configuration(kind === 'React' ? badge : ''))
  if (kind === 'React') write('apps/wms/Badge.tsx', BADGE)
  for (const name of INSTALLED[kind]) link(root, name, realpathSync(join(REPOSITORY, 'node_modules', name)))
  // A copy: a link would lead to where the repository has everything installed.
  for (const part of ['package.json', 'dist']) {
    const sdk = join(root, 'node_modules/@framework-m/plugin-sdk', part)
    cpSync(join(REPOSITORY, 'npm/plugin-sdk', part), sdk, { recursive: true })
  }
  return workspace
}

/** Whatever can build an app. */
export const ALL: Array<Version | Bundler> = [...(Object.keys(VERSIONS) as Version[]), ...BUNDLERS]

type Outcome = Pick<Built, 'dist' | 'warnings' | 'errors'>

/** Builds an app by any bundler, without what its page brings; the page is beside what was built. */
export async function buildBy(
  bundler: Version | Bundler,
  app: Workspace,
  external: string[] = [],
): Promise<Outcome> {
  const built = isVite(bundler) ? byVite(bundler, app, external) : byOthers(bundler, app, external)
  const { dist, errors, warnings } = await built
  // The dependency has it in itself.
  return { dist, errors, warnings: warnings.filter((text) => !/^Circular dependency: .*semver/.test(text)) }
}

async function byVite(version: Version, app: Workspace, external: string[]): Promise<Outcome> {
  try {
    const build = { rollupOptions: { external } }
    const { dist, warnings } = await buildByVite(version, app, {
      config: { plugins: [frameworkMPlugin()] },
      build,
    })
    return { dist, warnings, errors: [] }
  } catch (error) {
    return { dist: '', warnings: [], errors: [(error as Error).message] }
  }
}

async function byOthers(bundler: Bundler, app: Workspace, external: string[]): Promise<Outcome> {
  const hasHooks = bundler === 'rollup' || bundler === 'rolldown'
  // A plugin of the configuration for Rollup would look for the input where the first build was.
  const input = bundler === 'rollup' && { input: join(app.shell, 'src/main.tsx') }
  // A function is asked about each import, and is none that could be asked about a package.
  const names = external.map((name) => ({ [name]: 'global' }))
  const left = hasHooks ? { external } : { externals: [(_: unknown, done: () => void) => done(), ...names] }
  const built = await build(bundler, app, {}, (config) => ({ ...config, ...input, ...left }))
  process.chdir(REPOSITORY)
  if (built.errors.length === 0) writePage(built, app)
  return built
}

function isVite(bundler: Version | Bundler): bundler is Version {
  return bundler in VERSIONS
}
