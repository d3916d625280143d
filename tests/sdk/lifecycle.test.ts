import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PluginContext } from '../../npm/plugin-sdk/src/core.js'
import { deferred, eager, items, lazy, needing, shell, states, ticks } from './plugins.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Hooks that write down when they are called. */
function diary(name: string, log: string[], hooks: object = {}) {
  const note = (step: string) => () => void log.push(`${name} ${step}`)
  return {
    initialize: note('initialize'),
    activate: note('activate'),
    deactivate: note('deactivate'),
    uninstall: note('uninstall'),
    ...hooks,
  }
}

describe('the life of a plugin', () => {
  test('is initialize once, activate and deactivate in turn, uninstall', async () => {
    const log: string[] = []
    const { registry } = shell()
    await registry.register(eager('wms', diary('wms', log)))
    await registry.disable('wms')
    expect(items(registry)).toEqual([])
    await registry.enable('wms')
    expect(items(registry)).toEqual(['wms.item'])
    await registry.uninstall('wms')
    expect(log.map((line) => line.split(' ')[1])).toEqual([
      ...['initialize', 'activate', 'deactivate', 'activate', 'deactivate', 'uninstall'],
    ])
    expect(registry.list()).toEqual([])
  })

  test('starts after its dependencies and ends before them', async () => {
    const log: string[] = []
    const { registry } = shell()
    await registry.registerAll([
      eager('c', diary('c', log), needing('b')),
      eager('b', diary('b', log), needing('a')),
      eager('a', diary('a', log)),
    ])
    expect(log.filter((line) => line.endsWith('activate'))).toEqual([
      'a activate',
      'b activate',
      'c activate',
    ])
    log.length = 0
    await registry.shutdown()
    expect(log).toEqual(['c deactivate', 'b deactivate', 'a deactivate'])
    expect(registry.list()).toEqual([])
  })

  test('`destroy` is the older name of `deactivate`', async () => {
    const destroy = vi.fn()
    const { registry } = shell()
    await registry.register({ name: 'old', destroy })
    await registry.disable('old')
    expect(destroy).toHaveBeenCalledOnce()
  })

  test('a plugin that is written by hand starts at once, unless it wants to be used first', async () => {
    const initialize = vi.fn()
    const { registry } = shell()
    await registry.register({ name: 'now', initialize })
    await registry.register({ name: 'later', initialize, activation: 'use' })
    expect(states(registry)).toEqual({ now: 'active', later: 'registered' })
    expect(initialize).toHaveBeenCalledOnce()
  })
})

describe('failure', () => {
  test('of one step leaves nothing of the plugin, blocks its dependents, and nobody else', async () => {
    const { registry, failures } = shell()
    const cause = new Error('no')
    const initialize = (context: PluginContext) => {
      context.events.on('a', () => {})
      throw cause
    }
    await registry.registerAll([
      eager('bad', { initialize }, { services: { 'bad.service': async () => () => 1 } }),
      eager('dependent', {}, needing('bad')),
      eager('good'),
    ])
    expect(states(registry)).toEqual({ bad: 'error', dependent: 'blocked', good: 'active' })
    expect(registry.getStatus('bad')?.error).toMatchObject({ plugin: 'bad', phase: 'initialize', cause })
    expect(registry.getStatus('dependent')?.reason).toBe('it needs bad, which has failed')
    expect(items(registry)).toEqual(['good.item'])
    expect(registry.services.names()).toEqual([])
    expect(failures).toEqual(['bad failed in initialize: no'])
  })

  test('is mended by enable, and dependents go on by themselves', async () => {
    const { registry } = shell()
    const initialize = vi.fn().mockRejectedValueOnce(new Error('at first'))
    await registry.registerAll([eager('a', { initialize }), eager('b', {}, needing('a'))])
    expect(states(registry)).toEqual({ a: 'error', b: 'blocked' })
    await registry.enable('a')
    await vi.runAllTimersAsync()
    expect(states(registry)).toEqual({ a: 'active', b: 'active' })
  })

  test.each([
    ['load', 30_000, { load: () => new Promise(() => {}) }, {}],
    ['initialize', 10_000, {}, { initialize: () => new Promise(() => {}) }],
    ['activate', 10_000, {}, { activate: () => new Promise(() => {}) }],
  ])('of %s to end is one after its deadline', async (phase, time, data, hooks) => {
    const { registry } = shell({ deadlines: { [phase]: undefined } })
    const registered = registry.registerAll([eager('slow', hooks, data as never), eager('quick')])
    await vi.advanceTimersByTimeAsync(time - 1)
    expect(states(registry)).toEqual({ slow: 'initializing', quick: 'active' })
    await vi.advanceTimersByTimeAsync(1)
    await registered
    expect(states(registry)).toEqual({ slow: 'error', quick: 'active' })
    expect(registry.getStatus('slow')?.error?.message).toBe(
      `slow failed in ${phase}: it took longer than ${time / 1000} s`,
    )
  })

  test('of deactivate stops nobody: it is reported, and waited for no longer than its deadline', async () => {
    const { registry, failures } = shell({ deadlines: { deactivate: 500 } })
    const log: string[] = []
    await registry.registerAll([
      eager('base', diary('base', log)),
      eager('hangs', { deactivate: () => new Promise(() => {}) }, needing('base')),
      eager(
        'throws',
        diary('throws', log, { deactivate: () => Promise.reject(new Error('no')) }),
        needing('base'),
      ),
    ])
    const off = registry.disable('base')
    expect(items(registry)).toEqual([])
    await vi.advanceTimersByTimeAsync(499)
    expect(log).not.toContain('base deactivate')
    await vi.advanceTimersByTimeAsync(1)
    await off
    expect(log).toContain('base deactivate')
    expect(failures.sort()).toEqual([
      'hangs failed in deactivate: it took longer than 0.5 s',
      'throws failed in deactivate: no',
    ])
    expect(states(registry)).toEqual({ base: 'disabled', hangs: 'blocked', throws: 'blocked' })
    await registry.enable('base')
    await vi.runAllTimersAsync()
    expect(states(registry)).toEqual({ base: 'active', hangs: 'active', throws: 'active' })
  })

  test.each([
    ['exports nothing', async () => ({}), 'its module has no configuration as its default export'],
    ['is no module', async () => undefined, 'its module has no configuration as its default export'],
    ['does not arrive', () => Promise.reject(new Error('404')), '404'],
    [
      'throws at once',
      () => {
        throw new Error('evaluated')
      },
      'evaluated',
    ],
  ])('of code that %s says why', async (_, load, reason) => {
    const { registry } = shell()
    await registry.register(eager('bad', {}, { load: load as never }))
    expect(registry.getStatus('bad')).toMatchObject({ state: 'error', error: { phase: 'load' } })
    expect(registry.getStatus('bad')?.error?.message).toBe(`bad failed in load: ${reason}`)
  })

  test('of who listens to failures, or to changes, is not one of the registry', async () => {
    const { registry } = shell({
      onError: () => {
        throw new Error('reporting')
      },
    })
    registry.subscribe(() => {
      throw new Error('listening')
    })
    const heard = vi.fn()
    registry.subscribe(heard)
    await registry.register(eager('bad', { activate: () => Promise.reject(new Error('no')) }))
    expect(states(registry)).toEqual({ bad: 'error' })
    expect(heard).toHaveBeenCalled()
  })
})

test('a plugin that had failed and was switched off is started again when it is switched on', async () => {
  const { registry } = shell()
  const activate = vi.fn().mockRejectedValueOnce(new Error('at first'))
  await registry.register(eager('a', { activate }))
  await registry.disable('a')
  expect(states(registry)).toEqual({ a: 'disabled' })
  expect((await registry.enable('a')).state).toBe('active')
})

test('deactivate still has the settings and the storage of its plugin', async () => {
  const { registry } = shell()
  const seen: unknown[] = []
  const deactivate = async ({ settings, storage }: PluginContext) => {
    await storage.set('left', 1)
    seen.push(settings.a, await storage.get('left'))
  }
  await registry.register(eager('a', { deactivate }, { settings: { a: { type: 'number', default: 5 } } }))
  await registry.unregister('a')
  expect(seen).toEqual([5, 1])
})

describe('an abandoned attempt', () => {
  test('changes nothing when it ends: disabled during initialize', async () => {
    const { registry } = shell()
    const late = deferred()
    const activate = vi.fn()
    let signal: AbortSignal | undefined
    const initialize = (context: PluginContext) => {
      signal = context.signal
      return late.promise
    }
    const registered = registry.register(eager('wms', { initialize, activate }))
    await vi.waitFor(() => expect(signal).toBeDefined())
    await registry.disable('wms')
    expect(signal?.aborted).toBe(true)
    late.resolve()
    await registered
    await ticks()
    expect(states(registry)).toEqual({ wms: 'disabled' })
    expect(items(registry)).toEqual([])
    expect(activate).not.toHaveBeenCalled()
  })

  test('changes nothing when it fails after the next one has begun', async () => {
    const { registry, failures } = shell()
    const late = deferred()
    const initialize = vi.fn().mockReturnValueOnce(late.promise)
    void registry.register(eager('wms', { initialize }))
    await vi.waitFor(() => expect(initialize).toHaveBeenCalledOnce())
    await registry.disable('wms')
    await registry.enable('wms')
    late.reject(new Error('late'))
    await ticks()
    expect(states(registry)).toEqual({ wms: 'active' })
    expect(initialize).toHaveBeenCalledTimes(2)
    expect(failures).toEqual([])
  })

  test('that passed its deadline changes nothing when it ends', async () => {
    const { registry } = shell()
    const late = deferred()
    const activate = vi.fn()
    void registry.register(eager('wms', { initialize: () => late.promise, activate }))
    await vi.advanceTimersByTimeAsync(10_000)
    late.resolve()
    await ticks()
    expect(states(registry)).toEqual({ wms: 'error' })
    expect(activate).not.toHaveBeenCalled()
  })
})

test('code that fails to arrive when nobody waits for it any more is asked for again', async () => {
  const { registry } = shell()
  const late = deferred<{ default: object }>()
  const load = vi.fn().mockReturnValueOnce(late.promise).mockResolvedValue({ default: {} })
  void registry.register(eager('a', {}, { load }))
  await vi.waitFor(() => expect(load).toHaveBeenCalledOnce())
  await registry.disable('a')
  late.reject(new Error('offline'))
  await ticks()
  expect((await registry.enable('a')).state).toBe('active')
})

test('a plugin is not shown before what it depends on', async () => {
  const { registry } = shell()
  const slow = deferred()
  const registered = registry.registerAll([
    eager('base', { activate: () => slow.promise }),
    lazy('a', {}, needing('base')),
  ])
  await ticks()
  expect(states(registry)).toEqual({ base: 'initializing', a: 'registered' })
  expect(items(registry)).toEqual([])
  slow.resolve()
  await registered
  await ticks()
  expect(items(registry)).toEqual(['a.item', 'base.item'])
})

test('a plugin that had failed is tried again when what it depends on has been off and on', async () => {
  const { registry } = shell()
  const activate = vi.fn().mockRejectedValueOnce(new Error('at first'))
  await registry.registerAll([eager('base'), eager('a', { activate }, needing('base'))])
  expect(states(registry).a).toBe('error')
  await registry.disable('base')
  expect(states(registry).a).toBe('blocked')
  await registry.enable('base')
  await vi.runAllTimersAsync()
  expect(states(registry)).toEqual({ base: 'active', a: 'active' })
})

describe('races', () => {
  test('fifty uses load and initialize once', async () => {
    const { registry } = shell()
    const initialize = vi.fn()
    const plugin = lazy('wms', { initialize })
    await registry.register(plugin)
    expect(plugin.load).not.toHaveBeenCalled()
    await Promise.all(Array.from({ length: 50 }, () => registry.use('wms')))
    expect(plugin.load).toHaveBeenCalledOnce()
    expect(initialize).toHaveBeenCalledOnce()
  })

  test('a plugin is registered again while it is unregistered: the new one waits', async () => {
    const { registry } = shell()
    const slow = deferred()
    const log: string[] = []
    await registry.register(eager('wms', diary('old', log, { deactivate: () => slow.promise })))
    const gone = registry.unregister('wms')
    const back = registry.register(eager('wms', diary('new', log)))
    await ticks()
    expect(log).toEqual(['old initialize', 'old activate'])
    slow.resolve()
    expect(await gone).toBe(true)
    expect((await back).state).toBe('active')
    expect(log).toContain('new activate')
  })

  test('enabling while deactivate runs waits for its end', async () => {
    const { registry } = shell()
    const slow = deferred()
    const activate = vi.fn()
    await registry.register(eager('wms', { activate, deactivate: () => slow.promise }))
    void registry.disable('wms')
    const enabled = registry.enable('wms')
    await ticks()
    expect(activate).toHaveBeenCalledTimes(1)
    slow.resolve()
    expect((await enabled).state).toBe('active')
    expect(activate).toHaveBeenCalledTimes(2)
  })

  test('the same plugin twice is one, and another of its name is refused', async () => {
    const { registry } = shell()
    const initialize = vi.fn()
    const plugin = eager('wms', { initialize })
    await Promise.all([
      registry.register(plugin),
      registry.register(plugin),
      registry.register({ ...plugin }),
    ])
    expect(initialize).toHaveBeenCalledOnce()
    await expect(registry.register(eager('wms', {}, { version: '2.0.0' }))).rejects.toThrow(
      'There is a plugin "wms" already',
    )
  })

  test('a dependency is replaced while a dependent initializes: that one starts again', async () => {
    const { registry } = shell()
    const late = deferred()
    const initialize = vi.fn().mockReturnValueOnce(late.promise)
    void registry.registerAll([eager('a'), eager('b', { initialize }, needing('a'))])
    await vi.waitFor(() => expect(initialize).toHaveBeenCalledOnce())
    expect(states(registry)).toEqual({ a: 'active', b: 'initializing' })
    await registry.replace(eager('a', {}, { version: '1.1.0' }))
    await vi.runAllTimersAsync()
    expect(states(registry)).toEqual({ a: 'active', b: 'active' })
    expect(initialize).toHaveBeenCalledTimes(2)
    late.resolve()
  })

  test('two hundred times off and on leaves as much as once', async () => {
    const { registry } = shell()
    const activate = (context: PluginContext) => void context.events.on('plugin:x:y', heard)
    const heard = vi.fn()
    await registry.register(eager('wms', { activate }))
    for (let at = 0; at < 200; at++) {
      await registry.disable('wms')
      await registry.enable('wms')
    }
    registry.events.emit('plugin:x:y')
    expect(heard).toHaveBeenCalledOnce()
  })
})

describe('code that is loaded on use', () => {
  const page = { default: 'Page' }
  const routes = [{ path: '/wms', component: async () => page, plugin: 'wms' }]

  test('is loaded, and the plugin started, by the component of a route', async () => {
    const { registry } = shell()
    const activate = vi.fn()
    await registry.register(lazy('wms', { activate }, { routes }))
    expect(states(registry)).toEqual({ wms: 'registered' })
    expect(await registry.getRoutes()[0]?.component?.()).toBe(page)
    expect(activate).toHaveBeenCalledOnce()
    expect(states(registry)).toEqual({ wms: 'active' })
  })

  test('is asked for again on the next use when it did not arrive; the plugin stays in the menu', async () => {
    const { registry, failures } = shell()
    const load = vi.fn().mockRejectedValueOnce(new Error('offline')).mockResolvedValue({ default: {} })
    await registry.registerAll([lazy('wms', {}, { routes, load }), lazy('b', {}, needing('wms'))])
    const open = () => registry.getRoutes()[0]?.component?.()
    await expect(open()).rejects.toThrow('wms failed in load: offline')
    expect(states(registry)).toEqual({ wms: 'error', b: 'registered' })
    expect(items(registry)).toEqual(['b.item', 'wms.item'])
    expect(await open()).toBe(page)
    expect(states(registry).wms).toBe('active')
    expect(failures).toHaveLength(1)
  })

  test('starts what the plugin depends on first', async () => {
    const { registry } = shell()
    const log: string[] = []
    await registry.registerAll([
      lazy('a', diary('a', log)),
      lazy('b', diary('b', log), needing('a')),
      lazy('c', diary('c', log)),
    ])
    await registry.use('b')
    expect(log).toEqual(['a initialize', 'a activate', 'b initialize', 'b activate'])
  })

  test('is refused when the plugin is off or gone', async () => {
    const { registry } = shell()
    await registry.register(lazy('wms', {}, { routes }))
    const open = registry.getRoutes()[0]?.component
    await registry.disable('wms')
    await expect(open?.()).rejects.toThrow('wms is disabled')
    await registry.unregister('wms')
    await expect(open?.()).rejects.toThrow('There is no plugin "wms"')
  })
})
