/**
 * The monorepo that everything is measured in: pnpm, a shell, a plugin for every four other packages, and the
 * `node_modules` that such a repository has. The same numbers give the same bytes, so it is kept between runs.
 */
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { configuration, PAGES, pluginName } from './configuration.mjs'

/** As `pnpm-workspace.yaml` has them. */
const PATTERNS = ['frontend', 'apps/*/frontend', 'libs/*']

/** The share of plugins among the packages. */
const PLUGINS = 0.2

/** What stands in `node_modules`: the folder of a package that was really installed, or enough to tell a tree from none. */
export const TREES = {
  full: { installed: 300, files: 18, links: 8, bins: 5 },
  small: { installed: 40, files: 6, links: 3, bins: 2 },
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`
const number = (index) => String(index).padStart(4, '0')
const pluginDir = (index) => `apps/${pluginName(index)}/frontend`
const libraryDir = (index) => `libs/lib-${number(index)}`
const installedName = (index) => `installed-${number(index)}`

/** How many plugins a workspace of so many packages has. The root is a package, and so is the shell. */
export const pluginsAmong = (packages) => Math.round(packages * PLUGINS)

/**
 * Everything in a workspace, in an order that is always the same: `[path, text]` for a file, `[path, { link }]` for a
 * symbolic link whose target is relative to the root.
 */
export function* entries(packages, tree) {
  const plugins = pluginsAmong(packages)
  yield* root()
  yield* shell()
  for (let index = 0; index < plugins; index++) yield* plugin(index, tree)
  for (let index = 0; index < packages - plugins - 2; index++) yield* library(index, tree)
  yield* installed(tree)
}

function* root() {
  yield ['package.json', json({ name: 'company', version: '1.0.0', private: true })]
  yield ['pnpm-workspace.yaml', `packages:\n${PATTERNS.map((pattern) => `  - '${pattern}'\n`).join('')}`]
  yield ['pnpm-lock.yaml', "lockfileVersion: '9.0'\n"]
}

function* shell() {
  const dependencies = { '@framework-m/plugin-sdk': '^0.1.0', react: '^19.0.0', 'react-dom': '^19.0.0' }
  yield [
    'frontend/package.json',
    json({ name: '@company/frontend', version: '1.0.0', private: true, type: 'module', dependencies }),
  ]
  yield ['frontend/src/main.ts', "import 'virtual:framework-m-plugins'\n"]
  for (const name of Object.keys(dependencies))
    yield [`frontend/node_modules/${name}`, { link: `node_modules/${name}` }]
}

function* plugin(index, tree) {
  const dir = pluginDir(index)
  const manifest = {
    name: `@company/${pluginName(index)}`,
    version: '1.0.0',
    private: true,
    type: 'module',
    'framework-m': { plugin: './dist/plugin.config.js' },
    scripts: { build: 'tsc -p .', test: 'vitest run', lint: 'eslint .' },
    dependencies: { [`@company/lib-${number(index)}`]: 'workspace:*', [installedName(0)]: '^1.0.0' },
    peerDependencies: { '@framework-m/plugin-sdk': '^0.1.0', react: '^19.0.0' },
    devDependencies: { typescript: '^5.9.0', vitest: '^4.0.0' },
  }
  yield [`${dir}/package.json`, json(manifest)]
  yield [`${dir}/plugin.config.ts`, configuration(index)]
  for (const page of PAGES)
    yield [`${dir}/src/pages/${page}.tsx`, `export default () => '${page} of ${index}'\n`]
  yield* surroundings(dir, tree)
  for (const name of Object.keys(manifest.peerDependencies))
    yield [`${dir}/node_modules/${name}`, { link: `node_modules/${name}` }]
}

function* library(index, tree) {
  const dir = libraryDir(index)
  yield [
    `${dir}/package.json`,
    json({
      name: `@company/lib-${number(index)}`,
      version: '1.0.0',
      private: true,
      type: 'module',
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
      scripts: { build: 'tsc -p .', test: 'vitest run', lint: 'eslint .' },
      dependencies: { [installedName(0)]: '^1.0.0', [installedName(1)]: '^1.0.0' },
      peerDependencies: { react: '^19.0.0' },
      devDependencies: { typescript: '^5.9.0', vitest: '^4.0.0' },
    }),
  ]
  for (const file of ['index', 'client', 'format'])
    yield [`${dir}/src/${file}.ts`, `export const ${file} = 'lib ${index}'\n`]
  yield [`${dir}/dist/index.js`, `export const index = 'lib ${index}'\n`]
  yield [`${dir}/dist/index.d.ts`, 'export declare const index: string\n']
  yield* surroundings(dir, tree)
}

/** What every package has beside its code: settings, a page, and a `node_modules` as pnpm links it. */
function* surroundings(dir, tree) {
  yield [
    `${dir}/tsconfig.json`,
    json({ compilerOptions: { strict: true, outDir: 'dist' }, include: ['src'] }),
  ]
  yield [`${dir}/README.md`, `# ${dir}\n`]
  for (let index = 0; index < tree.bins; index++)
    yield [`${dir}/node_modules/.bin/tool-${index}`, '#!/bin/sh\nexec node "$basedir/../tool/bin.js" "$@"\n']
  for (let index = 0; index < tree.links; index++) {
    const name = installedName(index)
    yield [`${dir}/node_modules/${name}`, { link: `node_modules/.pnpm/${name}@1.0.0/node_modules/${name}` }]
  }
}

function* installed(tree) {
  for (let index = 0; index < tree.installed; index++) {
    const name = installedName(index)
    const dir = `node_modules/.pnpm/${name}@1.0.0/node_modules/${name}`
    yield [`${dir}/package.json`, json({ name, version: '1.0.0', main: './lib/0.js' })]
    for (let file = 0; file < tree.files; file++)
      yield [`${dir}/lib/${file}.js`, `module.exports = '${name}'\n`]
    yield [`node_modules/${name}`, { link: dir }]
  }
  for (const name of ['react', 'react-dom']) {
    yield [`node_modules/${name}/package.json`, json({ name, version: '19.0.0', main: './index.js' })]
    yield [`node_modules/${name}/index.js`, 'module.exports = {}\n']
  }
  // Peers that run configurations import it. Ours never do.
  const sdk = { name: '@framework-m/plugin-sdk', version: '0.1.0', type: 'module', exports: './index.js' }
  yield ['node_modules/@framework-m/plugin-sdk/package.json', json(sdk)]
  yield ['node_modules/@framework-m/plugin-sdk/index.js', 'export const definePlugin = (plugin) => plugin\n']
}

/**
 * A workspace on disk, with `tree` a name in `TREES`. It is written unless it is there already: the text of the recipe is
 * its version, and the mark that it is complete is written last.
 */
export function workspace(packages, tree, folder = join(realpathSync(tmpdir()), 'framework-m-bench')) {
  const series = `${packages}-${tree}-`
  const root = join(folder, `${series}${recipe()}`)
  const mark = `${root}.complete`
  const isNew = !existsSync(mark)
  if (isNew) {
    // Those of older recipes go: nobody will ask for them again.
    const stale = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(series)) : []
    for (const name of stale) rmSync(join(folder, name), { recursive: true, force: true })
    const count = write(root, entries(packages, TREES[tree]))
    writeFileSync(mark, `${count}\n`)
  }
  const plugins = pluginsAmong(packages)
  return {
    root,
    shell: join(root, 'frontend'),
    patterns: PATTERNS,
    packages,
    plugins,
    isNew,
    entries: Number(readFileSync(mark, 'utf8')),
    configs: Array.from({ length: plugins }, (_, index) => join(root, pluginDir(index), 'plugin.config.ts')),
    needed: needed(packages).map((path) => join(root, path)),
  }
}

/** The files without which nobody can know the answer: what lists packages, each manifest, each configuration. */
export function needed(packages) {
  const plugins = pluginsAmong(packages)
  const dirs = ['.', 'frontend']
  for (let index = 0; index < plugins; index++) dirs.push(pluginDir(index))
  for (let index = 0; index < packages - plugins - 2; index++) dirs.push(libraryDir(index))
  const configs = dirs.slice(2, 2 + plugins).map((dir) => `${dir}/plugin.config.ts`)
  return ['pnpm-workspace.yaml', ...dirs.map((dir) => join(dir, 'package.json')), ...configs]
}

function write(root, all) {
  const folders = new Set()
  let count = 0
  const folder = (path) => {
    if (folders.has(path)) return
    mkdirSync(path, { recursive: true })
    for (let dir = path; dir.length >= root.length && !folders.has(dir); dir = dirname(dir)) folders.add(dir)
  }
  for (const [path, content] of all) {
    const target = join(root, path)
    folder(dirname(target))
    if (typeof content === 'string') writeFileSync(target, content)
    else symlinkSync(join(root, content.link), target)
    count++
  }
  return count + folders.size
}

/** A digest of the texts that decide what a workspace contains. */
function recipe() {
  const hash = createHash('sha256')
  for (const file of ['recipe.mjs', 'configuration.mjs'])
    hash.update(readFileSync(join(import.meta.dirname, file)))
  return hash.digest('hex').slice(0, 8)
}
