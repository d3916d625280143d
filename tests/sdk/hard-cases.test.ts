/** What goes wrong in browsers: code that does not come, is none or never ends; names that meet; lives without end. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test, vi } from 'vitest'
import { memoryStorage, type PluginContext } from '../../npm/plugin-sdk/src/core.js'
import { deferred, eager, items, lazy, needing, shell, states, ticks } from './plugins.js'

const page = async () => ({ default: 'page' })

class Broken extends Error {
  override get message(): string {
    throw new Error('there is none')
  }
}

describe('fifty at once', () => {
  test('who open a page, ask for a service and use the plugin load and start it once', async () => {
    const { registry } = shell()
    const slow = deferred<{ default: object }>()
    const initialize = vi.fn()
    const factory = vi.fn(() => ({}))
    const load = vi.fn(() => slow.promise)
    const data = {
      load,
      routes: [{ path: '/wms', component: page, plugin: 'wms' }],
      services: { 'wms.stock': async () => factory },
    }
    await registry.register(lazy('wms', {}, data as never))
    const all = Array.from({ length: 50 }, (_, at) =>
      [
        () => registry.use('wms'),
        () => registry.getRoutes()[0]?.component?.(),
        () => registry.services.load('wms.stock'),
      ][at % 3]?.(),
    )
    await ticks()
    slow.resolve({ default: { initialize } })
    const done = await Promise.all(all)
    expect(load).toHaveBeenCalledOnce()
    expect(initialize).toHaveBeenCalledOnce()
    expect(factory).toHaveBeenCalledOnce()
    expect(new Set(done.filter((_, at) => at % 3 === 2)).size).toBe(1)
  })

  test('of whom all fail hear of one failure, and the next use loads again', async () => {
    const { registry, failures } = shell()
    const load = vi.fn().mockRejectedValueOnce(new Error('404')).mockResolvedValue({ default: {} })
    await registry.register(lazy('wms', {}, { load }))
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => registry.use('wms')))
    expect(all.every(({ status }) => status === 'rejected')).toBe(true)
    expect(failures).toEqual(['wms failed in load: 404'])
    expect(load).toHaveBeenCalledOnce()
    await registry.use('wms')
    expect(states(registry)).toEqual({ wms: 'active' })
  })

  test('who switch it off and on leave it as the last one wanted it', async () => {
    const { registry, failures } = shell()
    const calls: string[] = []
    const hooks = { activate: () => void calls.push('on'), deactivate: () => void calls.push('off') }
    await registry.register(eager('wms', hooks))
    const all = Array.from({ length: 50 }, (_, at) => registry[at % 2 ? 'enable' : 'disable']('wms'))
    await Promise.all(all)
    expect(states(registry)).toEqual({ wms: 'active' })
    await registry.disable('wms')
    for (const [at, call] of calls.entries()) expect(call).toBe(at % 2 ? 'off' : 'on')
    expect(failures).toEqual([])
  })
})

describe('code', () => {
  test.each([
    ['is not there', () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))],
    ['is a page of HTML', () => Promise.reject(new SyntaxError("Unexpected token '<'"))],
    ['throws when it is evaluated', () => Promise.reject('evaluated')],
    ['throws nothing at all', () => Promise.reject(undefined)],
    ['exports nothing', async () => ({})],
    ['exports a text', async () => ({ default: 'plugin' })],
    ['exports nothing as its default', async () => ({ default: null })],
    ['is no module', async () => null],
  ])('that %s costs its plugin and its dependents, nobody else', async (_, load) => {
    const { registry, failures } = shell()
    const plugins = [
      eager('bad', {}, { load: load as never }),
      eager('above', {}, needing('bad')),
      eager('good'),
    ]
    await registry.registerAll(plugins)
    expect(states(registry)).toEqual({ bad: 'error', above: 'blocked', good: 'active' })
    expect(registry.getStatus('bad')?.error).toMatchObject({ plugin: 'bad', phase: 'load' })
    expect(failures).toHaveLength(1)
    expect(items(registry)).toEqual(['good.item'])
  })

  test('that never comes ends at its deadline; meanwhile all others are there', async () => {
    const { registry } = shell({ deadlines: { load: 20 } })
    const never = () => new Promise<never>(() => {})
    const registered = registry.registerAll([
      eager('hangs', {}, { load: never }),
      lazy('opened', {}, { load: never, routes: [{ path: '/o', component: page, plugin: 'opened' }] }),
      eager('good'),
    ])
    await vi.waitFor(() => expect(states(registry).good).toBe('active'), { interval: 1 })
    expect(items(registry)).toEqual(['good.item', 'opened.item'])
    await registered
    await expect(registry.getRoutes()[0]?.component?.()).rejects.toThrow('it took longer than 0.02 s')
    expect(states(registry)).toEqual({ hangs: 'error', opened: 'error', good: 'active' })
  })

  test.each([
    ['nothing', undefined, 'undefined'],
    ['a text', 'no', 'no'],
    ['an object without a text', Object.create(null), 'it threw an object without a text'],
    ['an error whose message fails', new Broken(), 'it threw an object without a text'],
  ])('that throws %s fails in its step, and disturbs no other listener', async (_, thrown, message) => {
    const { registry, failures } = shell()
    const heard = vi.fn()
    const fail = () => {
      throw thrown
    }
    const activate = ({ events }: PluginContext) => {
      events.on('saved', fail)
      events.on('saved', heard)
      events.emit('saved')
    }
    await registry.registerAll([eager('a', { initialize: fail }), eager('b', { activate })])
    expect(states(registry)).toEqual({ a: 'error', b: 'active' })
    expect(failures.sort()).toEqual([`a failed in initialize: ${message}`, `b failed in event: ${message}`])
    expect(registry.getStatus('a')?.error?.cause).toBe(thrown)
    expect(heard).toHaveBeenCalledOnce()
  })

  test('that calls back into the registry while it starts does not disturb it', async () => {
    const { registry, failures } = shell()
    const initialize = async () => {
      await registry.register(eager('inner'))
      await registry.disable('other')
    }
    await registry.registerAll([eager('outer', { initialize }), eager('other')])
    await ticks()
    expect(states(registry)).toEqual({ outer: 'active', other: 'disabled', inner: 'active' })
    expect(failures).toEqual([])
  })

  test('that switches its own plugin off while it starts leaves it off', async () => {
    const { registry, failures } = shell()
    const activate = vi.fn()
    const initialize = () => void registry.disable('wms')
    await registry.register(eager('wms', { initialize, activate }))
    expect(states(registry)).toEqual({ wms: 'disabled' })
    expect(activate).not.toHaveBeenCalled()
    expect(items(registry)).toEqual([])
    expect(failures).toEqual([])
  })
})

test('the same name for four kinds of things is no conflict; within a kind each is one, and named', async () => {
  const { registry } = shell()
  const all = (plugin: string) => ({
    menu: [{ name: 'x', label: 'X', plugin }],
    extensions: [{ id: 'x', point: 'p', component: page, weight: 0, plugin }],
    extensionPoints: [{ id: 'x', plugin }],
    services: { x: async () => () => plugin },
  })
  const kinds = Object.entries(all('y')).map(([kind, parts]) => lazy(kind, {}, { menu: [], [kind]: parts }))
  await registry.registerAll([lazy('x', {}, all('x')), ...kinds])
  expect(registry.list().map(({ reason }) => reason)).toEqual([
    undefined,
    'x has the menu item "x" already',
    'x has the extension "x" already',
    'x has the extension point "x" already',
    'x has the service "x" already',
  ])
  await registry.unregister('x')
  expect(Object.values(states(registry))).toEqual(Array(4).fill('registered'))
})

test('two hundred times off and on, with all that a context gives, keeps no more memory', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const { registry } = shell({ storage: memoryStorage() })
  const activate = async ({ events, storage, signal, services }: PluginContext) => {
    const kept = new Array(20_000).fill(0)
    events.on('plugin:x:y', () => kept)
    signal.addEventListener('abort', () => kept)
    await storage.set('key', kept.length)
    await services.load('wms.stock')
  }
  const data = {
    services: { 'wms.stock': async () => () => new Array(20_000).fill(0) },
    settings: { a: { type: 'number', default: 1 } },
    routes: [{ path: '/wms', component: page, plugin: 'wms' }],
  } as const
  await registry.registerAll([eager('wms', { activate }, data), eager('above', {}, needing('wms'))])
  const cycle = async (times: number) => {
    for (let at = 0; at < times; at++) {
      await registry.disable('wms')
      await registry.enable('wms')
      registry.getRoutes()
      registry.getMenu({ at })
    }
    await ticks(100)
    collect()
    return process.memoryUsage().heapUsed
  }
  await cycle(20)
  const before = await cycle(20)
  const after = await cycle(200)
  expect(states(registry)).toEqual({ wms: 'active', above: 'active' })
  // One cycle that stayed would be 320 kB, and 200 of them 64 MB.
  expect(after - before).toBeLessThan(before * 0.05)
})

test('three hundred plugins that came and went, with conditions that are functions, keep no more memory', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const { registry } = shell()
  const come = async (times: number) => {
    for (let at = 0; at < times; at++) {
      const kept = new Array(20_000).fill(0)
      const when = () => kept.length > 0
      await registry.register({ name: 'wms', menu: [{ name: 'wms.stock', label: 'Stock', when }] })
      registry.getMenu()
      await ticks()
      expect(items(registry)).toEqual(['wms.stock'])
      await registry.unregister('wms')
    }
    collect()
    return process.memoryUsage().heapUsed
  }
  const before = await come(20)
  // A plugin that stayed would be 160 kB, and 300 of them 48 MB.
  expect((await come(300)) - before).toBeLessThan(5_000_000)
})

test('a dependency that is switched off while a dependent initializes takes it along', async () => {
  const { registry, failures } = shell()
  const late = deferred()
  const initialize = vi.fn(() => late.promise)
  void registry.registerAll([eager('base'), eager('above', { initialize }, needing('base'))])
  await vi.waitFor(() => expect(initialize).toHaveBeenCalledOnce())
  await registry.disable('base')
  expect(states(registry)).toEqual({ base: 'disabled', above: 'blocked' })
  late.resolve()
  await ticks()
  expect(states(registry)).toEqual({ base: 'disabled', above: 'blocked' })
  expect(failures).toEqual([])
})

test('a condition that is a function and throws hides its part alone', async () => {
  const { registry, failures } = shell({ context: { user: null } })
  const when = (context: { user?: { role: string } | null }) => context.user?.role.startsWith('a') as boolean
  const throws = (context: object) => (context as { user: { role: string } }).user.role === 'admin'
  await registry.register({
    name: 'a',
    menu: [
      { name: 'a.one', label: 'One', when: throws },
      { name: 'a.two', label: 'Two' },
      { name: 'a.three', label: 'Three', when: when as never },
    ],
  })
  items(registry)
  await ticks()
  expect(items(registry)).toEqual(['a.two'])
  registry.setContext({ user: { role: 'admin' } })
  expect(items(registry)).toEqual(['a.one', 'a.three', 'a.two'])
  expect(failures).toHaveLength(1)
})
