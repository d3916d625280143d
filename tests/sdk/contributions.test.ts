import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { ComposedPlugin, MenuNode, PluginError } from '../../npm/plugin-sdk/src/core.js'
import { items, lazy, shell, ticks } from './plugins.js'

type Module = { default: ComposedPlugin[]; menu: MenuNode[]; routes: { path?: string }[]; extensions: object }

/** What the composer has made of a fixture, as a shell imports it. */
async function composition(name: string): Promise<Module> {
  const file = join(import.meta.dirname, '../../fixtures', name, 'expected/module.js')
  return import(`data:text/javascript,${encodeURIComponent(readFileSync(file, 'utf8'))}`)
}

/** The same without what the merging of a menu leaves behind. */
const drawn = (nodes: readonly MenuNode[] = [], depth = 0): string[] =>
  nodes.flatMap(({ name, label, icon, children }) => [
    `${'  '.repeat(depth)}${name} ${JSON.stringify([label, icon])}`,
    ...drawn(children, depth + 1),
  ])

describe.each([
  'every-field',
  'menu-order-and-nesting',
  'seed-example',
  'overrides-replace-on-purpose',
  'tags-in-every-form',
  'any-name-survives',
])('the composition of %s', (name) => {
  test('is the same when the registry makes it', async () => {
    const { default: plugins, menu, routes, extensions } = await composition(name)
    const quiet = plugins.map((plugin) =>
      JSON.parse(JSON.stringify(plugin), (key, value) => (key === 'when' ? undefined : value)),
    )
    const { registry } = shell()
    const withCode = quiet.map((plugin) => ({
      ...plugin,
      activation: undefined,
      load: async () => ({ default: {} }),
    }))
    await registry.registerAll(withCode)
    expect(drawn(registry.getMenu())).toEqual(drawn(menu))
    expect(registry.getRoutes().map(({ path }) => path)).toEqual(routes.map(({ path }) => path))
    for (const [point, expected] of Object.entries(extensions))
      expect(registry.getExtensions(point).map(({ id }) => id)).toEqual(
        expected.map(({ id }: { id: string }) => id),
      )
  })
})

const component = async () => ({ default: 'component' })
const extension = (plugin: string, id: string, more: object = {}) => ({
  ...{ id, point: 'header.right', component, weight: 0, plugin },
  ...more,
})

test('a menu is made in time that is in proportion to its items', async () => {
  let questions = 0
  const item = (plugin: string) => ({
    ...{ name: `${plugin}.item`, label: plugin, module: 'Inventory', plugin },
    get before() {
      questions++
      return undefined
    },
  })
  const { registry } = shell()
  await registry.registerAll(
    Array.from({ length: 1000 }, (_, at) => lazy(`p${at}`, {}, { menu: [item(`p${at}`)] as never })),
  )
  expect(registry.getMenu()[0]?.children).toHaveLength(1000)
  expect(questions).toBeGreaterThan(0)
  expect(questions).toBeLessThan(10_000)
})

describe('extensions', () => {
  test('stand by weight, plugin and id, each point for itself', async () => {
    const { registry } = shell()
    await registry.registerAll([
      lazy('b', {}, { extensions: [extension('b', 'b.2'), extension('b', 'b.1')] }),
      lazy(
        'a',
        {},
        {
          extensions: [
            extension('a', 'a.heavy', { weight: 5 }),
            extension('a', 'a.light'),
            extension('a', 'a.other', { point: 'p' }),
          ],
        },
      ),
    ])
    const ids = registry.getExtensions('header.right').map(({ id }) => id)
    expect(ids).toEqual(['a.light', 'b.1', 'b.2', 'a.heavy'])
    expect(registry.getExtensions('nowhere')).toEqual([])
  })

  test('are shown while their condition holds in the context that is given', async () => {
    const { registry } = shell({ context: { user: { role: 'boss' } } })
    const extensions = [extension('a', 'a.x', { when: "user.role == 'clerk'" })]
    await registry.register(lazy('a', {}, { extensions }))
    expect(registry.getExtensions('header.right')).toHaveLength(0)
    expect(registry.getExtensions('header.right', { user: { role: 'clerk' } })).toHaveLength(1)
    registry.setContext({ user: { role: 'clerk' } })
    expect(registry.getExtensions('header.right')).toHaveLength(1)
  })

  test('with a condition that is code appear when it is loaded', async () => {
    const { registry } = shell()
    const when = vi.fn(async () => (context: { on?: boolean }) => context.on === true)
    const heard = vi.fn()
    await registry.register(lazy('a', {}, { extensions: [extension('a', 'a.x', { when })] }))
    registry.subscribe(heard)
    const context = { on: true }
    expect(registry.getExtensions('header.right', context)).toHaveLength(0)
    await ticks()
    expect(heard).toHaveBeenCalled()
    expect(registry.getExtensions('header.right', context)).toHaveLength(1)
    expect(registry.getExtensions('header.right', { on: false })).toHaveLength(0)
    expect(when).toHaveBeenCalledOnce()
  })

  test('with a condition that fails are hidden, which is reported once', async () => {
    const { registry, failures } = shell()
    const fails = () => {
      throw new Error('no')
    }
    await registry.register({
      name: 'a',
      extensions: [
        { id: 'a.throws', point: 'p', component, when: fails },
        { id: 'a.syntax', point: 'p', component, when: 'user ==' },
        { id: 'a.fine', point: 'p', component },
      ],
    })
    for (let at = 0; at < 3; at++) {
      expect(registry.getExtensions('p', { at }).map(({ id }) => id)).toEqual(['a.fine'])
      await ticks()
    }
    expect(failures).toHaveLength(2)
    expect(failures.every((text) => text.startsWith('a failed in condition: '))).toBe(true)
  })
})

/** A condition that the composer cannot read is an error, FM4009; a shell may have made a warning of it. */
test('a composed plugin with a wrong condition is there without what has it, and that is reported once', async () => {
  const { registry, failures } = shell()
  const errors: PluginError[] = []
  const other = shell({ onError: (error) => errors.push(error) })
  const menu = [
    { name: 'a.wrong', label: 'Wrong', plugin: 'a', when: "role = 'clerk'" },
    { name: 'a.inner', label: 'Inner', plugin: 'a', parent: 'a.wrong' },
    { name: 'a.fine', label: 'Fine', plugin: 'a' },
  ]
  const routes = [
    { path: '/a', component, plugin: 'a', children: [{ path: 'x', component, plugin: 'a', when: '(' }] },
  ]
  const plugin = lazy('a', {}, { menu, routes, extensions: [extension('a', 'a.x', { when: '' })] })
  for (const { registry: each } of [{ registry }, other]) {
    await each.registerAll([plugin, lazy('b')])
    for (let at = 0; at < 3; at++) {
      each.setContext({ at })
      expect(items(each)).toEqual(['a.fine', 'b.item'])
      expect(each.getRoutes().map(({ path, children }) => [path, children])).toEqual([['/a', []]])
      expect(each.getExtensions('header.right')).toEqual([])
    }
    await each.use('a')
    expect(each.getStatus('a')?.state).toBe('active')
  }
  expect(failures).toEqual([
    "a failed in condition: wrong at character 6: role = 'clerk'",
    'a failed in condition: wrong at character 2: (',
    'a failed in condition: wrong at character 1: ',
  ])
  expect(errors.map(({ plugin, phase }) => [plugin, phase])).toEqual(Array(3).fill(['a', 'condition']))
  expect(errors[0]?.cause).toBeInstanceOf(SyntaxError)
})

describe('menu items and routes', () => {
  test('are hidden together with what is nested in them', async () => {
    const { registry } = shell()
    const menu = [
      { name: 'top', label: 'Top', plugin: 'a', when: 'admin' },
      { name: 'inner', label: 'Inner', plugin: 'a', parent: 'top' },
      { name: 'innermost', label: 'Innermost', plugin: 'a', parent: 'inner' },
    ]
    const routes = [
      {
        path: '/a',
        component,
        plugin: 'a',
        children: [{ path: 'b', when: 'admin', component, plugin: 'a' }],
      },
    ]
    await registry.register(lazy('a', {}, { menu, routes }))
    expect(drawn(registry.getMenu())).toEqual([])
    expect(registry.getRoutes()[0]?.children).toEqual([])
    const admin = { admin: true }
    expect(drawn(registry.getMenu(admin))).toHaveLength(3)
    expect(registry.getRoutes(admin)[0]?.children).toHaveLength(1)
  })
})

describe('what the registry answers', () => {
  const plugin = (name: string, label = name) =>
    lazy(
      name,
      {},
      {
        menu: [{ name: `${name}.item`, label, module: name, plugin: name }],
        routes: [
          { path: `/${name}`, component, plugin: name, children: [{ index: true, component, plugin: name }] },
        ],
        extensions: [extension(name, `${name}.x`)],
        providers: [{ component, plugin: name }],
      },
    )

  test('is the same object until it changes, and its parts are as long as they do not', async () => {
    const { registry } = shell()
    await registry.registerAll([plugin('a'), plugin('b')])
    const all = () => [
      registry.getMenu(),
      registry.getRoutes(),
      registry.getExtensions('header.right'),
      registry.getProviders(),
      registry.list(),
    ]
    const before = all()
    for (const [at, answer] of all().entries()) expect(answer).toBe(before[at])
    await registry.register(lazy('c', {}, { menu: [] }))
    const after = all()
    for (const at of [0, 1, 2, 3]) expect(after[at]).toBe(before[at])
    expect(after[4]).not.toBe(before[4])
    expect(after[4]?.[0]).toBe(before[4]?.[0])
    const [a, b] = registry.getMenu()
    await registry.replace({ ...plugin('b', 'Renamed'), load: registry.getRoutes()[0]?.component as never })
    expect(registry.getMenu()[0]).toBe(a)
    expect(registry.getMenu()[1]).not.toBe(b)
  })

  test('does not change with a context that shows the same', async () => {
    const { registry } = shell()
    await registry.register(plugin('a'))
    const one = registry.getExtensions('header.right', { at: 1 })
    expect(registry.getExtensions('header.right', { at: 2 })).toBe(one)
  })

  test('is data of the plugin as it came, where nothing has to start it', async () => {
    const { registry } = shell()
    const a = lazy('a')
    await registry.register(a)
    expect(registry.getMenu()[0]).toBe(a.menu?.[0])
    expect(items(registry)).toEqual(['a.item'])
  })
})

describe('components that are written by hand', () => {
  class Page {
    isReactComponent() {}
  }
  const memo = { $$typeof: Symbol('memo') }
  const withProps = (props: object) => props
  const withoutProps = () => null
  const withHook = () => {
    throw new TypeError('nothing renders')
  }
  test.each([
    ['a class', Page, Page],
    ['an object', memo, memo],
    ['a function of props', withProps, withProps],
    ['a function', withoutProps, withoutProps],
    ['a function with hooks', withHook, withHook],
    ['a function that imports one', async () => ({ default: 'loaded' }), 'loaded'],
  ])('%s is the default export of what is loaded', async (_, written, expected) => {
    const { registry } = shell()
    await registry.register({ name: 'a', routes: [{ path: '/a', component: written as never }] })
    const loaded = await registry.getRoutes()[0]?.component?.()
    expect(loaded?.default).toBe(expected)
  })

  test('that cannot be imported fail in their own time', async () => {
    const { registry } = shell()
    await registry.register({
      name: 'a',
      routes: [{ path: '/a', component: () => Promise.reject(new Error('404')) }],
    })
    await expect(registry.getRoutes()[0]?.component?.()).rejects.toThrow('404')
    expect(registry.getStatus('a')?.state).toBe('active')
  })
})
