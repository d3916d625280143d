/** A monorepo to measure in: an npm workspace with a shell, one plugin for every four other packages. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The share of plugins among the packages. */
const PLUGINS = 0.2

/** A module of the shell that accepts its own updates: what Vite itself does with an edit. */
export const OWN = 'src/own.js'

const json = (value) => `${JSON.stringify(value, null, 2)}\n`

/** Writes a workspace to the system's folder for temporary files. */
export function generate(packages) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `framework-m-bench-${packages}-`)))
  const write = (file, text) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const plugins = Math.round(packages * PLUGINS)
  writeRoot(write)
  writeSdk(write)
  for (let index = 0; index < plugins; index++) writePlugin(write, index)
  for (let index = 0; index < packages - plugins - 1; index++) writeLibrary(write, index)
  return {
    root,
    shell: join(root, 'frontend'),
    plugins,
    config: (index) => join(root, pluginDir(index), 'plugin.config.ts'),
    create: (index) => writePlugin(write, index),
    remove: (index) => rmSync(join(root, dirname(pluginDir(index))), { recursive: true }),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  }
}

function writeRoot(write) {
  write(
    'package.json',
    json({ name: 'company', private: true, workspaces: ['frontend', 'apps/*/frontend', 'libs/*'] }),
  )
  write('package-lock.json', json({ name: 'company', lockfileVersion: 3, packages: {} }))
  write(
    'frontend/package.json',
    json({ name: '@company/frontend', private: true, version: '1.0.0', type: 'module' }),
  )
  write('frontend/index.html', '<!doctype html><script type="module" src="/src/main.js"></script>\n')
  write(
    'frontend/src/main.js',
    `import plugins from 'virtual:framework-m-plugins'\nimport './own.js'\nconsole.log(plugins)\n`,
  )
  write(`frontend/${OWN}`, own('before'))
}

/** Configurations import it, and so the dev server looks for it. */
function writeSdk(write) {
  const dir = 'node_modules/@framework-m/plugin-sdk'
  write(
    `${dir}/package.json`,
    json({ name: '@framework-m/plugin-sdk', type: 'module', exports: './index.js' }),
  )
  write(`${dir}/index.js`, 'export const definePlugin = (plugin) => plugin\n')
}

/** The text of the module that accepts itself. */
export function own(label) {
  return `export const label = '${label}'\nif (import.meta.hot) import.meta.hot.accept()\n`
}

const pluginDir = (index) => `apps/plugin-${index}/frontend`

function writePlugin(write, index) {
  const dir = pluginDir(index)
  write(
    `${dir}/package.json`,
    json({
      name: `@company/plugin-${index}`,
      private: true,
      version: '1.0.0',
      type: 'module',
      scripts: { build: 'tsc -p .', test: 'vitest' },
      dependencies: { [`@company/lib-${index}`]: '*', dayjs: '^1.11.0' },
      'framework-m': { plugin: './dist/plugin.config.js' },
    }),
  )
  write(`${dir}/plugin.config.ts`, config(index, 'before'))
  write(`${dir}/src/pages/Stock.js`, `export default () => 'stock ${index}'\n`)
}

/** A configuration of the size that plugins have, with a label to edit. */
export function config(index, label) {
  const name = `plugin-${index}`
  const item = (page) => `    {
      name: '${name}.${page}',
      label: 'The ${page} of ${index}',
      route: '/${name}/${page}',
      module: 'Inventory',
      icon: 'box',
      order: ${index},
    },`
  const pages = ['stock', 'moves', 'counts', 'orders']
  return `import { definePlugin } from '@framework-m/plugin-sdk'

const BASE = '/${name}'

export default definePlugin({
  name: '${name}',
  label: '${label}',
  description: 'Everything that has to do with the stock of ${index}',
  icon: 'box',
  modules: [{ name: 'inventory', label: 'Inventory', icon: 'boxes', order: 10 }],
  menu: [
${pages.map(item).join('\n')}
  ],
  routes: [
${pages.map((page) => `    { path: \`\${BASE}/${page}\`, component: () => import('./src/pages/Stock.js') },`).join('\n')}
  ],
  extensionPoints: [{ id: '${name}.toolbar' }],
  extensions: [
    {
      id: '${name}.badge',
      point: 'header.right',
      component: () => import('./src/pages/Stock.js'),
      weight: 10,
      when: "user.role == 'clerk'",
    },
  ],
  permissions: [{ resource: '${name}', actions: ['read', 'adjust'] }],
  settings: {
    '${name}.low': { type: 'number', default: 10, label: 'Low stock' },
  },
})
`
}

function writeLibrary(write, index) {
  write(
    `libs/lib-${index}/package.json`,
    json({
      name: `@company/lib-${index}`,
      private: true,
      version: '1.0.0',
      type: 'module',
      exports: './src/index.js',
      scripts: { build: 'tsc -p .', test: 'vitest' },
      dependencies: { dayjs: '^1.11.0' },
      peerDependencies: { react: '^19.0.0' },
      devDependencies: { typescript: '^5.9.0', vitest: '^4.0.0' },
    }),
  )
  write(`libs/lib-${index}/src/index.js`, `export const name = 'lib-${index}'\n`)
}
