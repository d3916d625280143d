import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const require = createRequire(new URL('../../npm/vite-plugin/package.json', import.meta.url))

/** A plugin package to be written; every module in it carries a marker such as `mark:wms:stock`. */
export interface PluginSpec {
  name: string
  /** The folder under `apps/`; the name when absent. */
  folder?: string
  /** Names of pages; each is a route `/<name>/<page>`. */
  pages?: string[]
  /** Another plugin of the workspace whose helper the first page imports. */
  borrows?: string
}

export interface Workspace {
  root: string
  shell: string
  plugins: PluginSpec[]
  write(file: string, text: string): void
  remove(): void
}

export const folderOf = (plugin: PluginSpec) => plugin.folder ?? plugin.name
/** The name of a plugin's chunk: what could trouble a file name is `_`. */
export const chunkOf = ({ name }: PluginSpec) => name.replace(/[^\p{L}\p{N}._-]/gu, '_')
export const pagesOf = (plugin: PluginSpec) => plugin.pages ?? ['stock', 'moves']

/** `wms`, `crm` that borrows from it, `hr`, and as many more as asked for. */
export function manyPlugins(count: number): PluginSpec[] {
  const first: PluginSpec[] = [{ name: 'wms' }, { name: 'crm', borrows: 'wms' }, { name: 'hr' }]
  const rest = Array.from({ length: Math.max(0, count - 3) }, (_, index) => ({ name: `plugin-${index + 4}` }))
  return [...first, ...rest].slice(0, count)
}

/** A monorepo on disk: a React shell, plugins, a shared UI package, vendor code, CSS, and the same app split by hand. */
export function workspace(plugins: PluginSpec[]): Workspace {
  const app = empty('framework-m-build-')
  const { root, write } = app
  write(
    'package.json',
    json({ name: 'company', private: true, workspaces: ['frontend', 'apps/*/frontend', 'packages/*'] }),
  )
  write(
    'tsconfig.json',
    json({ compilerOptions: { jsx: 'react-jsx', module: 'esnext', target: 'es2022', strict: true } }),
  )
  install(root, ['react', 'react-dom', 'scheduler', 'dayjs'])
  writePackages(root, write)
  writeShell(write, plugins)
  for (const [index, plugin] of plugins.entries()) writePlugin(write, plugin, plugins, index)
  return { ...app, plugins }
}

/** A monorepo in a new folder, with nothing in it yet. */
export function empty(prefix: string): Workspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), prefix)))
  return {
    root,
    shell: join(root, 'frontend'),
    plugins: [],
    write(file, text) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), text)
    },
    // A server that was closed may still be writing.
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  }
}

type Write = Workspace['write']

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Links the packages that this repository has installed. */
function install(root: string, names: string[]): void {
  const react = createRequire(require.resolve('react-dom/package.json'))
  for (const name of names) link(root, name, dirname(react.resolve(`${name}/package.json`)))
}

/** Makes a package known to everything below `root`. */
export function link(root: string, name: string, target: string): void {
  mkdirSync(dirname(join(root, 'node_modules', name)), { recursive: true })
  symlinkSync(target, join(root, 'node_modules', name), 'junction')
}

function writePackages(root: string, write: Write): void {
  const manifest = (name: string, main: string) =>
    json({ name, version: '1.0.0', type: 'module', exports: { '.': main, './*': './*' } })
  write('packages/ui/package.json', manifest('@company/ui', './index.tsx'))
  write(
    'packages/ui/index.tsx',
    `import type { ReactNode } from 'react'
import './card.css'
export const Card = ({ children }: { children?: ReactNode }) => <section className="mark-ui-card" title="mark:ui:card">{children}</section>
`,
  )
  // Two modules that the shell uses too, each with other plugins.
  write(
    'packages/ui/theme.ts',
    `export { accent } from './accent.ts'\nexport const theme = 'mark:ui:theme' + Date.now()\n`,
  )
  write('packages/ui/accent.ts', `export const accent = 'mark:ui:accent' + Date.now()\n`)
  write('packages/ui/card.css', '.mark-ui-card { color: red }\n')
  // A dozen modules, each shared by another set of plugins: what makes bundlers split finely.
  for (let part = 0; part < 12; part++)
    write(`packages/ui/part-${part}.ts`, `export const part${part} = 'mark:ui:part-${part}' + Date.now()\n`)
  write('packages/sdk/package.json', manifest('@framework-m/plugin-sdk', './index.ts'))
  write('packages/sdk/index.ts', `export const definePlugin = <T>(plugin: T): T => plugin\n`)
  link(root, '@company/ui', join(root, 'packages/ui'))
  link(root, '@framework-m/plugin-sdk', join(root, 'packages/sdk'))
}

function writeShell(write: Write, plugins: PluginSpec[]): void {
  write(
    'frontend/package.json',
    json({ name: '@company/frontend', private: true, version: '1.0.0', type: 'module' }),
  )
  write('frontend/index.html', page('/src/main.tsx'))
  write('frontend/hand.html', page('/src/hand.tsx'))
  write('frontend/src/shell.css', '.mark-shell { color: black }\n')
  write(
    'frontend/src/format.ts',
    `export const heading = (count: number) => 'mark:shell:format ' + count + ' plugins'\n`,
  )
  write(
    'frontend/src/app.tsx',
    `import { lazy, Suspense, useEffect, useReducer, useState, type ComponentType } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { accent, theme } from '@company/ui/theme.ts'
import { heading } from './format'
import './shell.css'
document.documentElement.dataset.theme = theme + accent
type Load = () => Promise<{ default: ComponentType }>
type App = { count: number; labels: string[]; pages: Record<string, Load> }
const lazyPages = new Map<Load, ComponentType>()
function page(load: Load) {
  if (!lazyPages.has(load)) lazyPages.set(load, lazy(load))
  return lazyPages.get(load)!
}
const nothing = () => (path() === '/' ? <p>home</p> : <p>not found</p>)
const path = () => decodeURI(location.pathname)
export function start(read: () => App, subscribe = (redraw: () => void) => () => {}) {
  const Shell = () => {
    const [, redraw] = useReducer((times: number) => times + 1, 0)
    const [typed, type] = useState('')
    useEffect(() => subscribe(redraw), [])
    Object.assign(window, { redraw })
    const { count, labels, pages } = read()
    const Page = pages[path()] ? page(pages[path()]) : nothing
    return <main>
      <h1>{heading(count)}</h1>
      <nav>{labels.join(', ')}</nav>
      <input aria-label="shell" value={typed} onChange={(event) => type(event.target.value)} />
      <Suspense fallback={<i id="loading" />}><Page /></Suspense>
    </main>
  }
  const show = async (to: string) => {
    history.pushState(null, '', to)
    flushSync(() => (window as unknown as { redraw(): void }).redraw())
    while (document.getElementById('loading')) await new Promise(requestAnimationFrame)
  }
  Object.assign(window, { show })
  createRoot(document.getElementById('root')!).render(<Shell />)
}
`,
  )
  write(
    'frontend/src/main.tsx',
    `import plugins, { menu, routes, subscribe } from 'virtual:framework-m-plugins'
import { start } from './app'
const labels = () => menu.flatMap((group) => group.children.map((item) => item.label))
const pages = () => Object.fromEntries(routes.map((route) => [route.path, route.component]))
start(() => ({ count: plugins.length, labels: labels(), pages: pages() }), subscribe)
`,
  )
  const pages = plugins.flatMap((plugin) =>
    pagesOf(plugin).map(
      (name) =>
        `  ${JSON.stringify(`/${plugin.name}/${name}`)}: () => open${plugins.indexOf(plugin)}().then((m) => m.${name}),`,
    ),
  )
  const imports = plugins.map(
    (plugin, index) =>
      `const open${index} = () => import(${JSON.stringify(`../../apps/${folderOf(plugin)}/frontend/hand`)})`,
  )
  write(
    'frontend/src/hand.tsx',
    `import { start } from './app'\n${imports.join('\n')}\nconst pages = {\n${pages.join('\n')}\n}\nstart(() => ({ count: ${plugins.length}, labels: [], pages }))\n`,
  )
}

function page(script: string): string {
  return `<!doctype html>
<html><head><meta charset="utf-8"><link rel="icon" href="data:,"></head>
<body><div id="root"></div><script type="module" src="${script}"></script></body></html>
`
}

function writePlugin(write: Write, plugin: PluginSpec, plugins: PluginSpec[], index: number): void {
  const { name } = plugin
  const folder = `apps/${folderOf(plugin)}/frontend`
  const string = JSON.stringify
  const lender = plugins.find((other) => other.name === plugin.borrows)
  const packageName = `@company/${encodeURIComponent(name).replaceAll('%', '').toLowerCase()}`
  write(
    `${folder}/package.json`,
    json({
      name: packageName,
      private: true,
      version: `1.${index}.0`,
      type: 'module',
      'framework-m': true,
      peerDependencies: { react: '^19.0.0', 'react-dom': '^19.0.0', unheard: '*' },
    }),
  )
  write(`${folder}/src/helper.ts`, `export const helper = ${string(`mark:${name}:helper`)} + Date.now()\n`)
  write(`${folder}/src/service.ts`, `export class Service {\n  mark = ${string(`mark:${name}:service`)}\n}\n`)
  const parts = Array.from({ length: 12 }, (_, part) => part).filter(
    (part) => (index + part * (index + 3)) % 3 === 0,
  )
  pagesOf(plugin).forEach((page, position) => {
    const borrowed = position === 0 && lender
    write(`${folder}/src/pages/${page}.css`, `.${css(`mark-${name}-${page}`)} { color: blue }\n`)
    write(
      `${folder}/src/pages/${page}.tsx`,
      `import dayjs from 'dayjs'
import { Card } from '@company/ui'
${parts.map((part) => `import { part${part} } from '@company/ui/part-${part}.ts'`).join('\n')}
import { ${index % 2 ? 'theme as shown' : 'accent as shown'} } from '@company/ui/theme.ts'
import { helper } from '../helper'
import './${page}.css'
${borrowed ? `import { helper as borrowed } from ${string(`../../../../${folderOf(lender)}/frontend/src/helper`)}` : ''}
export default function Page() {
  const words = [helper, shown, ${parts.map((part) => `part${part}, `).join('')}${borrowed ? 'borrowed, ' : ''}dayjs('2026-11-21').format('DD.MM.YYYY')]
  return <Card><h2 className=${string(css(`mark-${name}-${page}`))}>{${string(`mark:${name}:${page}`)}}</h2><p>{words.join(' ')}</p></Card>
}
`,
    )
  })
  const routes = pagesOf(plugin).map(
    (page) => `    { path: ${string(`/${name}/${page}`)}, component: () => import('./src/pages/${page}') },`,
  )
  write(
    `${folder}/plugin.config.ts`,
    `import { definePlugin } from '@framework-m/plugin-sdk'
import { Service } from './src/service'

export default definePlugin({
  name: ${string(name)},${plugin.borrows ? `\n  dependencies: { ${string(plugin.borrows)}: '*' },` : ''}
  menu: [{ name: ${string(`${name}.${pagesOf(plugin)[0]}`)}, label: ${string(`${name} label`)}, route: ${string(`/${name}/${pagesOf(plugin)[0]}`)}, module: 'Main' }],
  routes: [
${routes.join('\n')}
  ],
  services: { ${string(`${name}.main`)}: () => new Service() },
})
`,
  )
  const pages = pagesOf(plugin).map((page) => `import * as ${page} from './src/pages/${page}'`)
  write(
    `${folder}/hand.ts`,
    `${pages.join('\n')}\nimport { Service } from './src/service'\nexport { ${pagesOf(plugin).join(', ')} }\nexport const service = () => new Service()\n`,
  )
}

/** A marker as a class name. */
export function css(marker: string): string {
  return marker.replace(/[^\w-]/gu, (char) => `_${char.codePointAt(0)}_`)
}
