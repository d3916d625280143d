/** The files of a new plugin, as a person would write them. */
import { contributionsOf } from './collisions.js'
import type { Names } from './names.js'
import { tsconfig } from './tsconfig.js'
import { installed, peer, SDK, shellHas } from './versions.js'
import type { Surroundings } from './workspace.js'

/** Texts by path in the plugin's folder. */
export function filesOf(workspace: Surroundings, names: Names, dir: string): Map<string, string> {
  const inReact = shellHas(workspace, 'react')
  const withVitest = installed(workspace, 'vitest', dir) !== undefined
  const test = withVitest ? 'plugin.test.ts' : 'plugin.test.js'
  const checked = ['src', 'plugin.config.ts', ...(withVitest ? [test] : [])]
  return new Map([
    ['package.json', json(manifest(workspace, names, dir, withVitest))],
    [
      'plugin.config.ts',
      configuration(names, inReact && shellHas(workspace, 'react-router') ? SDK : `${SDK}/core`),
    ],
    [test, withVitest ? testInVitest : testInNode],
    [inReact ? 'src/pages/Home.tsx' : 'src/pages/Home.ts', inReact ? reactPage(names) : page(names)],
    ['tsconfig.json', json(tsconfig(workspace, dir, checked))],
  ])
}

function manifest(workspace: Surroundings, names: Names, dir: string, withVitest: boolean): object {
  const peers = [SDK, 'react', 'react-router'].filter((name) => name === SDK || shellHas(workspace, name))
  // A package manager installs no peers for the package itself, and its own test and compiler need them.
  const tools = [
    ...peers,
    'typescript',
    withVitest ? 'vitest' : 'vite',
    ...(peers.includes('react') ? ['@types/react'] : []),
  ]
  const known = tools.flatMap((name) => {
    const spec = installed(workspace, name, dir)
    return spec === undefined ? [] : [[name, spec] as const]
  })
  const developed = Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1)))
  const isChecked =
    'typescript' in developed || workspace.plugins.some(({ manifest }) => manifest.scripts?.typecheck)
  return {
    name: names.package,
    version: '0.1.0',
    private: true,
    type: 'module',
    [workspace.metadataKey]: true,
    scripts: {
      test: withVitest ? 'vitest run' : 'node --test',
      ...(isChecked && { typecheck: 'tsc -p .' }),
    },
    peerDependencies: Object.fromEntries(peers.map((name) => [name, peer(workspace, name)])),
    devDependencies: developed,
  }
}

function configuration(names: Names, sdk: string): string {
  const { route, menuItem } = contributionsOf(names)
  const [name, label] = [quoted(names.plugin), quoted(names.label)]
  return `import { definePlugin } from '${sdk}'

export default definePlugin({
  name: ${name},
  label: ${label},
  menu: [{ name: ${quoted(menuItem)}, label: ${label}, route: ${quoted(route)} }],
  routes: [{ path: ${quoted(route)}, label: ${label}, component: () => import('./src/pages/Home') }],
})
`
}

function reactPage({ label }: Names): string {
  return `export default function Home() {
  return <h1>${label}</h1>
}
`
}

function page({ label }: Names): string {
  return `/** What a page is, the shell decides: this one returns the text of its title. */
export default function Home(): string {
  return ${quoted(label)}
}
`
}

const testInVitest = `import { PluginRegistry } from '${SDK}/core'
import { expect, test } from 'vitest'
import plugin from './plugin.config'

test('the menu leads to the page', async () => {
  const registry = new PluginRegistry()
  expect(await registry.register(plugin)).toMatchObject({ state: 'active' })
  const [item] = registry.getMenu()
  const page = registry.getRoutes().find(({ path }) => path === item?.route)
  expect(await page?.component?.()).toMatchObject({ default: expect.any(Function) })
})
`

/** Node reads neither types nor JSX, so that Vite, which serves the shell, loads the modules. */
const testInNode = `import assert from 'node:assert/strict'
import test from 'node:test'
import { PluginRegistry } from '${SDK}/core'
import { createServer } from 'vite'

test('the menu leads to the page', async (t) => {
  const vite = await createServer({ configFile: false, appType: 'custom', server: { middlewareMode: true, watch: null, ws: false } })
  t.after(() => vite.close())
  const { default: plugin } = await vite.ssrLoadModule('/plugin.config.ts')
  const registry = new PluginRegistry()
  const { state } = await registry.register(plugin)
  assert.equal(state, 'active')
  const [item] = registry.getMenu()
  const page = registry.getRoutes().find(({ path }) => path === item.route)
  const { default: Home } = await page.component()
  assert.equal(typeof Home, 'function')
})
`

/** A list of words stands on one line. */
function json(value: object): string {
  const text = JSON.stringify(value, null, 2)
  const lists = text.replace(/\[[^[\]{}]*\]/g, (list) =>
    list.replace(/\n\s*/g, ' ').replace(/^\[ | \]$/g, (end) => end.trim()),
  )
  return `${lists}\n`
}

/** A name or a label has neither quotes nor backslashes: npm allows none in names. */
function quoted(text: string): string {
  return `'${text}'`
}
