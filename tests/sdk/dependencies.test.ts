import { describe, expect, test } from 'vitest'
import type { ComposedPlugin, PluginRegistry } from '../../npm/plugin-sdk/src/core.js'
import { eager, items, lazy, needing, shell, states, ticks } from './plugins.js'

const reason = async (...plugins: ComposedPlugin[]) => {
  const { registry } = shell()
  await registry.registerAll(plugins)
  return registry.getStatus(plugins[0]?.name ?? '')?.reason
}
const on = (range: string) => ({ dependencies: { base: range } })
const version = (text?: string): ComposedPlugin => {
  const { version: _, ...base } = lazy('base')
  return text === undefined ? base : { ...base, version: text }
}

describe('a plugin is blocked', () => {
  test.each([
    ['is missing', lazy('a', {}, on('^1.2.0')), [], 'it needs base ^1.2.0, which is not there'],
    [
      'is too old',
      lazy('a', {}, on('^1.2.0')),
      [version('1.1.9')],
      'it needs base ^1.2.0, and there is 1.1.9',
    ],
    [
      'is a prerelease',
      lazy('a', {}, on('^1.2.0')),
      [version('1.3.0-rc.1')],
      'it needs base ^1.2.0, and there is 1.3.0-rc.1',
    ],
    [
      'has no version',
      lazy('a', {}, on('^1.2.0')),
      [version()],
      'it needs base ^1.2.0, and there is one without a version',
    ],
    [
      'is asked for in no way that npm knows',
      lazy('a', {}, on('newest')),
      [version('1.0.0')],
      'the range "newest" of base is not valid',
    ],
    [
      'is optional and of another version',
      lazy('a', {}, { optionalDependencies: { base: '^2.0.0' } }),
      [version('1.0.0')],
      'it needs base ^2.0.0, and there is 1.0.0',
    ],
  ])('by a dependency that %s', async (_, plugin, others, expected) => {
    expect(await reason(plugin, ...others)).toBe(expected)
  })

  test.each(['^1.0.0', '1.x || 2', '*', '', 'workspace:^', 'workspace:^1.0.0', '~1.4', '>=1 <2'])(
    'not by one in the range "%s"',
    async (range) => {
      expect(await reason(lazy('a', {}, on(range)), version('1.4.2'))).toBeUndefined()
    },
  )

  test('not by an optional dependency that is missing, is off or fails', async () => {
    const optional = { optionalDependencies: { base: '*' } }
    const { registry } = shell()
    await registry.register(eager('a', {}, optional))
    expect(states(registry)).toEqual({ a: 'active' })
    await registry.register(eager('base', { activate: () => Promise.reject(new Error('no')) }))
    await registry.register(eager('b', {}, optional))
    expect(states(registry)).toEqual({ a: 'active', base: 'error', b: 'active' })
  })

  test('by a circle, which is named as a whole; those behind it are blocked as dependents', async () => {
    const { registry } = shell()
    await registry.registerAll([
      lazy('behind', {}, needing('a')),
      lazy('a', {}, needing('b')),
      lazy('b', {}, { ...needing(), optionalDependencies: { c: '*' } }),
      lazy('c', {}, needing('a')),
      lazy('self', {}, needing('self')),
      lazy('free'),
    ])
    const because = (name: string) => registry.getStatus(name)?.reason
    expect(because('a')).toBe('it is in a circle of dependencies: a → b → c → a')
    expect(because('c')).toBe(because('a'))
    expect(because('self')).toBe('it is in a circle of dependencies: self → self')
    expect(because('behind')).toBe('it needs a, which is blocked')
    expect(items(registry)).toEqual(['free.item'])
    await registry.unregister('b')
    expect(because('c')).toBe('it needs a, which is blocked')
    await registry.register(lazy('b'))
    await ticks()
    expect(items(registry)).toEqual(['a.item', 'b.item', 'behind.item', 'c.item', 'free.item'])
  })
})

describe('a blocked plugin goes on by itself', () => {
  test('when what it needs arrives, comes in another version, or is switched on', async () => {
    const { registry } = shell()
    await registry.register(eager('a', {}, on('^2.0.0')))
    expect(states(registry)).toEqual({ a: 'blocked' })
    await registry.register(eager('base'))
    expect(states(registry).a).toBe('blocked')
    await registry.replace(eager('base', {}, { version: '2.0.0' }))
    await ticks(100)
    expect(states(registry)).toEqual({ a: 'active', base: 'active' })
    await registry.disable('base')
    expect(states(registry)).toEqual({ a: 'blocked', base: 'disabled' })
    expect(registry.getStatus('a')?.reason).toBe('it needs base, which is disabled')
    expect(items(registry)).toEqual([])
    await registry.enable('base')
    await ticks(100)
    expect(states(registry)).toEqual({ a: 'active', base: 'active' })
  })

  test('but not one that somebody has switched off', async () => {
    const { registry } = shell()
    await registry.register(eager('a', {}, on('^1.0.0')))
    await registry.disable('a')
    await registry.register(eager('base'))
    await ticks(100)
    expect(states(registry)).toEqual({ a: 'disabled', base: 'active' })
  })
})

describe('two plugins of which both have', () => {
  const page = async () => ({ default: 'page' })
  test.each([
    ['a menu item', { menu: [{ name: 'x', label: 'X', plugin: '' }] }, 'menu item "x"'],
    [
      'an extension',
      { extensions: [{ id: 'x', point: 'p', component: page, weight: 0, plugin: '' }] },
      'extension "x"',
    ],
    ['an extension point', { extensionPoints: [{ id: 'x', plugin: '' }] }, 'extension point "x"'],
    ['a service', { services: { x: page } }, 'service "x"'],
    ['a route', { routes: [{ path: '/Stock/:id/', component: page, plugin: '' }] }, 'route "/stock/:"'],
  ])(
    '%s: the first keeps all, the second is blocked as a whole until the first is gone',
    async (_, data, what) => {
      const { registry } = shell()
      await registry.registerAll([lazy('one', {}, { menu: [], ...data }), lazy('two', {}, { ...data })])
      expect(states(registry)).toEqual({ one: 'registered', two: 'blocked' })
      expect(registry.getStatus('two')?.reason).toBe(`one has the ${what} already`)
      await registry.unregister('one')
      expect(states(registry)).toEqual({ two: 'registered' })
    },
  )

  test('the same name, told apart by their conditions, are both there', async () => {
    const item = (when: string) => ({ menu: [{ name: 'x', label: 'X', plugin: '', when }] })
    const { registry } = shell()
    await registry.registerAll([lazy('one', {}, item('new')), lazy('two', {}, item('!new'))])
    expect(states(registry)).toEqual({ one: 'registered', two: 'registered' })
    expect(registry.getMenu()).toHaveLength(1)
  })
})

test('what waits for a plugin is off before that is, also when all go at once', async () => {
  const goAll = async (go: (registry: PluginRegistry) => Promise<unknown>) => {
    const { registry } = shell()
    const log: string[] = []
    const named = (name: string) => ({
      async deactivate() {
        await ticks()
        log.push(name)
      },
    })
    await registry.registerAll([
      eager('a', named('a')),
      eager('b', named('b'), needing('a')),
      eager('c', named('c'), needing('b')),
    ])
    await go(registry)
    return log
  }
  expect(await goAll((registry) => registry.shutdown())).toEqual(['c', 'b', 'a'])
  const names = ['c', 'b', 'a']
  expect(await goAll((registry) => Promise.all(names.map((name) => registry.unregister(name))))).toEqual(
    names,
  )
})

describe('a thousand plugins', () => {
  const chain = (length: number) =>
    Array.from({ length }, (_, at) => eager(`p${at}`, {}, at === 0 ? {} : needing(`p${at - 1}`)))

  test('in one chain start and stop', async () => {
    const { registry } = shell()
    await registry.registerAll(chain(1000).reverse())
    expect(new Set(Object.values(states(registry)))).toEqual(new Set(['active']))
    await registry.disable('p0')
    expect(registry.getStatus('p999')).toMatchObject({
      state: 'blocked',
      reason: 'it needs p998, which is blocked',
    })
    await registry.shutdown()
    expect(registry.list()).toEqual([])
  })

  test('in a chain of ten thousand are put in their order, and end as one', async () => {
    const { registry } = shell()
    const { activation: _, ...asleep } = eager('asleep')
    const long = Array.from({ length: 10_000 }, (_, at) => ({
      ...asleep,
      name: `p${at}`,
      menu: [],
      ...(at > 0 && needing(`p${at - 1}`)),
    }))
    await registry.registerAll(long.reverse())
    expect(new Set(Object.values(states(registry)))).toEqual(new Set(['registered']))
    await registry.disable('p0')
    expect(registry.getStatus('p9999')?.reason).toBe('it needs p9998, which is blocked')
    await registry.shutdown()
    expect(registry.list()).toEqual([])
  })

  test('in one chain start one after the other, and nobody else is asked each time', async () => {
    const { registry } = shell()
    let asked = 0
    const bystander = Object.defineProperty(eager('bystander'), 'dependencies', {
      get: () => {
        asked++
        return {}
      },
    })
    await registry.registerAll([bystander, ...chain(1000)])
    await ticks()
    expect(new Set(Object.values(states(registry)))).toEqual(new Set(['active']))
    expect(items(registry)).toHaveLength(1001)
    expect(asked).toBeLessThan(100)
  })

  test('that depend on one start after it', async () => {
    const { registry } = shell()
    const wide = Array.from({ length: 1000 }, (_, at) => eager(`p${at}`, {}, needing('base')))
    await registry.registerAll([...wide, eager('base')])
    expect(new Set(Object.values(states(registry)))).toEqual(new Set(['active']))
  })
})

test('what the caller does wrong is thrown, and changes nothing', async () => {
  const { registry } = shell()
  await expect(registry.register({} as never)).rejects.toThrow('needs a name')
  await expect(registry.register(undefined as never)).rejects.toThrow('needs a name')
  await expect(registry.registerAll([lazy('a'), { name: '' }])).rejects.toThrow('needs a name')
  expect(registry.list()).toEqual([])
  for (const call of ['enable', 'disable', 'uninstall', 'use'] as const)
    await expect(registry[call]('nobody')).rejects.toThrow('There is no plugin "nobody".')
  await expect(registry.replace(lazy('nobody'))).rejects.toThrow('There is no plugin "nobody".')
  expect(await registry.unregister('nobody')).toBe(false)
  await expect(
    registry.register({ name: 'file', routes: [{ path: '/', component: './src/Page' }] }),
  ).rejects.toThrow('which only the composer can find')
})
