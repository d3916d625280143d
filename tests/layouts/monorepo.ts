/** One monorepo, written for whichever package manager installs it. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Layout, PATTERNS } from '../oracle/installs/managers.js'

const SDK = join(import.meta.dirname, '../../npm/plugin-sdk')

/** What the shell and its plugins have from the registry. */
const REACT = { react: '19.1.0', 'react-dom': '19.1.0', 'react-router': '7.18.5' }

type Files = Record<string, string>

/** Packages that are installed from archives, as a registry would hand them out. */
export interface Archives {
  sdk: string
  bought: string
  remove(): void
}

/** Packs the SDK, and a plugin of another company. */
export function archives(): Archives {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-archives-')))
  writeAll(join(folder, 'bought'), BOUGHT)
  const pack = (from: string) => {
    const printed = execFileSync(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
      {
        cwd: from,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    const [{ filename }] = JSON.parse(printed) as [{ filename: string }]
    return join(folder, filename.replace('@', '').replace('/', '-'))
  }
  return {
    sdk: pack(SDK),
    bought: pack(join(folder, 'bought')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function writeAll(root: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Sold built: the composer reads `dist`, as it has no source. */
const BOUGHT: Files = {
  'package.json': json({
    name: '@vendor/bought',
    version: '3.1.0',
    type: 'module',
    'framework-m': './dist/plugin.config.js',
    files: ['dist'],
    peerDependencies: { react: '>=18' },
  }),
  'dist/plugin.config.js': `export default {
  label: 'Bought',
  menu: [{ name: 'bought.report', label: 'Report', route: '/bought/report', module: 'Vendor' }],
  routes: [{ path: '/bought/report', component: () => import('./Report.js') }],
}
`,
  'dist/Report.js': `import { createElement } from 'react'
export default function Report() {
  return createElement('h2', null, 'a report that was bought')
}
`,
}

/** The manifests of the root and of the members, by folder. */
export function manifests({ sdk, bought }: Archives, { own, files }: Layout): Record<string, object> {
  const sdkFile = `file:${sdk}`
  const plugin = (name: string) => ({
    name: `@acme/${name}`,
    version: '1.2.0',
    private: true,
    type: 'module',
    'framework-m': true,
    dependencies: { '@acme/words': own },
    peerDependencies: { react: '^19.0.0', '@framework-m/plugin-sdk': '*' },
    devDependencies: { ...REACT, '@framework-m/plugin-sdk': sdkFile },
  })
  return {
    '.': {
      name: 'acme',
      private: true,
      ...(!('pnpm-workspace.yaml' in files) && { workspaces: PATTERNS }),
      // To Yarn an archive is another package for each who asks for it; a version from a registry would be the same.
      resolutions: { '@framework-m/plugin-sdk': sdkFile },
    },
    shell: {
      name: '@acme/shell',
      version: '1.0.0',
      private: true,
      type: 'module',
      dependencies: { ...REACT, '@framework-m/plugin-sdk': sdkFile, '@vendor/bought': `file:${bought}` },
    },
    'libs/words': {
      name: '@acme/words',
      version: '1.0.0',
      type: 'module',
      exports: { '.': './src/index.ts' },
    },
    'plugins/wms': plugin('wms'),
    'apps/hr/frontend': plugin('hr'),
  }
}

/** The source of the members. */
export const SOURCES: Files = {
  'tsconfig.json': json({ compilerOptions: { jsx: 'react-jsx', module: 'esnext', strict: true } }),
  'libs/words/src/index.ts': `export const GROUP = 'Warehouse'\nexport const words = { stock: 'Stock', people: 'People' }\n`,
  'plugins/wms/plugin.config.ts': `import { GROUP, words } from '@acme/words'
import { definePlugin } from '@framework-m/plugin-sdk'
import { Counter } from './src/counter'

export default definePlugin({
  label: GROUP,
  menu: [{ name: 'wms.stock', label: words.stock, route: '/wms/stock', module: GROUP, order: 1 }],
  routes: [{ path: '/wms/stock', component: () => import('./src/Stock') }],
  services: { 'wms.counter': () => new Counter() },
})
`,
  'plugins/wms/src/counter.ts': `export class Counter {\n  count = 3\n}\n`,
  'plugins/wms/src/Stock.tsx': `import { useState } from 'react'
import './stock.css'

export default function Stock() {
  const [text, type] = useState('')
  return (
    <>
      <h2 className="stock">Stock page</h2>
      <input aria-label="note" value={text} onChange={(event) => type(event.target.value)} />
    </>
  )
}
`,
  'plugins/wms/src/stock.css': '.stock { color: rgb(1, 2, 3) }\n',
  'apps/hr/frontend/plugin.config.ts': `import { words } from '@acme/words'
import type { FrameworkMPlugin } from '@framework-m/plugin-sdk'

export default {
  dependencies: { wms: '^1.0.0' },
  menu: [{ name: 'hr.people', label: words.people, route: '/hr/people', module: 'Office' }],
  routes: [{ path: '/hr/people', component: () => import('./People') }],
} satisfies FrameworkMPlugin
`,
  'apps/hr/frontend/People.tsx': `import { words } from '@acme/words'

export default function People() {
  return <h2>{words.people} page</h2>
}
`,
  'shell/index.html': `<!doctype html>
<html><head><meta charset="utf-8"><link rel="icon" href="data:,"></head>
<body><div id="root"></div><script type="module" src="/src/main.tsx"></script></body></html>
`,
  'shell/src/main.tsx': `import { createRoot } from 'react-dom/client'
import { App } from './App'

createRoot(document.getElementById('root')!).render(<App />)
`,
  'shell/src/App.tsx': `import plugins, { subscribe } from 'virtual:framework-m-plugins'
import { PluginProvider, PluginRegistry, PluginRoutes, usePluginMenu } from '@framework-m/plugin-sdk'
import { BrowserRouter, Link } from 'react-router'

const registry = new PluginRegistry()
const source = { get: () => plugins, subscribe }
const home = [{ index: true, element: <h2>Home</h2> }]

function Menu() {
  const entries = usePluginMenu().flatMap((group) => group.children ?? [])
  return <nav>{entries.map(({ name, label, route = '#' }) => <Link key={name} to={route}>{String(label)}</Link>)}</nav>
}

export function App() {
  return (
    <PluginProvider registry={registry} plugins={source}>
      <BrowserRouter>
        <Menu />
        <main><PluginRoutes routes={home} /></main>
      </BrowserRouter>
    </PluginProvider>
  )
}
`,
}
