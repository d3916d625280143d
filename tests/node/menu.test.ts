/** The menu that a registry builds out of the plugins' own items is the one that the composer has built. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Composer, type ComposerOptions } from '@framework-m/composer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MenuNode, ModuleNode } from '../../npm/plugin-sdk/src/composed.js'
import { menuTree } from '../../npm/plugin-sdk/src/menu-tree.js'
import { compose, names } from './fixture.js'
import { execute } from './host.js'

type Plugin = { menu?: MenuNode[]; modules?: ModuleNode[] }

/** The menu as composed, and as a registry builds it. */
async function menus(module: string): Promise<[unknown, unknown]> {
  const { exports } = await execute(module)
  const plugins = exports.default as Plugin[]
  const built = menuTree(
    plugins.flatMap(({ menu = [] }) => menu),
    plugins.flatMap(({ modules = [] }) => modules),
  )
  return [plain(exports.menu as MenuNode[]), plain(built)]
}

/** Nodes as data: where an item asked to stand is of no interest once it stands there. */
function plain(nodes: readonly MenuNode[]): unknown {
  return nodes.map(({ module: _, parent: __, before: ___, after: ____, children = [], ...node }) => ({
    ...node,
    children: plain(children),
  }))
}

test.each(names)('%s', async (name) => {
  const [composed, built] = await menus(compose(name).module)
  expect(built).toEqual(composed)
})

let root: string
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-menu-')))
})
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))

function write(file: string, value: unknown): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), JSON.stringify(value))
}

const PLUGINS = ['a', 'b', 'c']
const GROUPS = ['Human Resources', 'Stock', 'Sales']

/** Random choices, the same for a seed. Source: mulberry32. */
class Random {
  constructor(private seed: number) {}

  number(): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  of<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.number() * values.length)] as Value
  }

  /** An object with each of its keys as often as not. */
  some(values: Record<string, () => unknown>, often = 0.3): Record<string, unknown> {
    const chosen = Object.entries(values).filter(() => this.number() < often)
    return Object.fromEntries(chosen.map(([key, value]) => [key, value()]))
  }
}

/** Three plugins with items that refer to one another in every way, and what the shell changes of them. */
function random(seed: number): ComposerOptions {
  const random = new Random(seed)
  const items = PLUGINS.flatMap((plugin) => [0, 1, 2, 3].map((at) => `${plugin}.${at}`))
  const name = () => random.of(items)
  const group = () => random.of(GROUPS)
  const groupName = () => group().toLowerCase().replace(' ', '-')
  const order = () => Math.floor(random.number() * 4)
  const label = () => random.of(['One', 'Two', 'three'])
  const place = { module: group, parent: name, before: name, after: name, order }
  for (const plugin of PLUGINS) {
    write(`plugins/${plugin}/package.json`, {
      name: plugin,
      version: '1.0.0',
      'framework-m': './plugin.config.json',
    })
    const own = items.filter((item) => item.startsWith(plugin))
    const described = GROUPS.filter(() => random.number() < 0.3)
    write(`plugins/${plugin}/plugin.config.json`, {
      modules: described.map((group) => ({
        name: group,
        ...random.some({ label, order, before: groupName, after: groupName }),
      })),
      menu: own.map((item) => ({ name: item, label: label(), ...random.some(place) })),
    })
  }
  const changed = [...items, 'human-resources', 'stock', 'sales'].filter(() => random.number() < 0.4)
  const change = { ...place, label, hide: () => random.number() < 0.5 }
  const overrides = Object.fromEntries(changed.map((item) => [item, random.some(change)]))
  return { root, shell: join(root, 'shell'), menu: { overrides } }
}

test('whatever the plugins say, and whatever the shell makes of it', async () => {
  write('package.json', { name: 'root', private: true, workspaces: ['shell', 'plugins/*'] })
  write('shell/package.json', { name: 'shell', private: true })
  let shown = 0
  for (let seed = 0; seed < 400; seed++) {
    const options = random(seed)
    const [composed, built] = await menus(new Composer(options).compose().module)
    expect(built, `seed ${seed}: ${JSON.stringify(options.menu)}`).toEqual(composed)
    shown += (composed as unknown[]).length
  }
  expect(shown).toBeGreaterThan(400)
})
