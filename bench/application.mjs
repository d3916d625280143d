/** An app that Vite builds: a React shell, plugins with eight pages each, and the same shell with all of it written by hand. */
import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { configuration, pluginName } from './configuration.mjs'

const PAGES = ['Stock', 'Moves', 'Counts', 'Orders', 'Returns', 'Reports', 'Prices', 'Archive']
const json = (value) => `${JSON.stringify(value, null, 2)}\n`
const pluginDir = (index) => `apps/${pluginName(index)}/frontend`

/** Stands in every page, so that pages can be counted in what was built. */
const marker = (plugin, page) => `page:${plugin}:${page}:`

/** How many pages an app has. */
export const pagesOf = (plugins) => plugins * PAGES.length

/** An app with so many plugins on disk, and how to open its shell: with Framework M, or by hand. */
export function application(plugins) {
  const folder = join(realpathSync(tmpdir()), 'framework-m-bench')
  const root = join(folder, `app-${plugins}-${process.pid}`)
  rmSync(root, { recursive: true, force: true })
  for (const [path, text] of files(plugins)) {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  install(root)
  return {
    root,
    plugins,
    composed: join(root, 'frontend'),
    byHand: join(root, 'by-hand'),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  }
}

function* files(plugins) {
  const workspaces = ['frontend', 'by-hand', 'apps/*/frontend']
  yield ['package.json', json({ name: 'company', private: true, workspaces })]
  yield ['tsconfig.json', json({ compilerOptions: { jsx: 'react-jsx', module: 'esnext', target: 'es2022' } })]
  yield* shell('frontend', "import plugins from 'virtual:framework-m-plugins'\n")
  yield* shell('by-hand', "import plugins from './plugins'\n")
  yield ['by-hand/src/plugins.ts', byHand(plugins)]
  for (let index = 0; index < plugins; index++) yield* plugin(index)
}

function* shell(dir, imports) {
  const dependencies = { react: '^19.0.0', 'react-dom': '^19.0.0' }
  yield [
    `${dir}/package.json`,
    json({ name: `@company/${dir}`, version: '1.0.0', type: 'module', dependencies }),
  ]
  yield [
    `${dir}/index.html`,
    '<!doctype html><div id="app"></div><script type="module" src="/src/main.tsx"></script>\n',
  ]
  yield [
    `${dir}/src/main.tsx`,
    `import { createRoot } from 'react-dom/client'
${imports}
const list = plugins as unknown as { name: string }[]
createRoot(document.getElementById('app')!).render(<ul>{list.map(({ name }) => <li key={name}>{name}</li>)}</ul>)
Object.assign(window, { plugins })
`,
  ]
}

function* plugin(index) {
  const dir = pluginDir(index)
  const name = pluginName(index)
  yield [
    `${dir}/package.json`,
    json({
      name: `@company/${name}`,
      version: '1.0.0',
      type: 'module',
      'framework-m': { plugin: './dist/plugin.config.js' },
      peerDependencies: { react: '^19.0.0' },
    }),
  ]
  yield [`${dir}/plugin.config.ts`, configuration(index, PAGES)]
  yield [
    `${dir}/src/pages/index.ts`,
    PAGES.map((page) => `export { default as ${page} } from './${page}'\n`).join(''),
  ]
  for (const page of PAGES) yield [`${dir}/src/pages/${page}.tsx`, pageText(name, page)]
}

const pageText = (name, page) => `import { useState } from 'react'

const rows = Array.from({ length: 20 }, (_, index) => ({ id: index, label: \`${marker(name, page)}\${index}\` }))

export default function ${page}() {
  const [filter, setFilter] = useState('')
  return (
    <section>
      <input value={filter} onChange={(event) => setFilter(event.target.value)} />
      <ul>
        {rows.filter(({ label }) => label.includes(filter)).map(({ id, label }) => <li key={id}>{label}</li>)}
      </ul>
    </section>
  )
}
`

/**
 * What the shell's authors keep up to date where nothing composes: the same menu and routes as the configurations have,
 * and one `import()` for the pages of a plugin, so that there are as many chunks.
 */
function byHand(plugins) {
  const list = Array.from({ length: plugins }, (_, index) => {
    const name = pluginName(index)
    const path = (page) => `/${name}/${page.toLowerCase()}`
    const menu = PAGES.map((page, order) => ({
      name: `${name}.${page.toLowerCase()}`,
      label: `${page} of company ${index}, as they are today in all of its warehouses and shops`,
      route: path(page),
      order: index + order,
      icon: 'box',
      module: 'Inventory',
    }))
    const load = `() => import('../../${pluginDir(index)}/src/pages')`
    const routes = PAGES.map(
      (page) => `{ path: '${path(page)}', load: () => pages${index}().then((all) => all.${page}) }`,
    )
    return [
      `const pages${index} = ${load}\n`,
      `  { name: '${name}', label: 'Warehouse ${index}', menu: ${JSON.stringify(menu)}, routes: [${routes}] },\n`,
    ]
  })
  const [loads, entries] = [0, 1].map((part) => list.map((both) => both[part]).join(''))
  return `${loads}export default [\n${entries}]\n`
}

/** Links what the repository has installed. */
function install(root) {
  const repository = join(import.meta.dirname, '..')
  const names = ['react', 'react-dom', 'scheduler', '@framework-m/plugin-sdk']
  for (const name of names) {
    const from = join(repository, 'node_modules', name)
    if (!existsSync(from)) throw new Error(`${name} is not installed: run \`npm ci\` in the repository`)
    const to = join(root, 'node_modules', name)
    mkdirSync(dirname(to), { recursive: true })
    symlinkSync(realpathSync(from), to)
  }
}
