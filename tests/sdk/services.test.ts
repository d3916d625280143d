import { describe, expect, test, vi } from 'vitest'
import { type PluginContext, ServiceContainer, transient } from '../../npm/plugin-sdk/src/core.js'
import { deferred, eager, lazy, needing, shell } from './plugins.js'

describe('a service', () => {
  test('is made once, when it is first asked for', async () => {
    const services = new ServiceContainer()
    const factory = vi.fn(() => ({ id: 1 }))
    services.provide('stock', factory)
    expect(factory).not.toHaveBeenCalled()
    expect(services.get('stock')).toBe(services.get('stock'))
    expect(await services.load('stock')).toBe(services.get('stock'))
    expect(factory).toHaveBeenCalledOnce()
  })

  test('that is transient is made for everybody', async () => {
    const services = new ServiceContainer()
    services.provide(
      'cart',
      transient(() => ({})),
    )
    expect(services.get('cart')).not.toBe(services.get('cart'))
    expect(await services.load('cart')).not.toBe(await services.load('cart'))
  })

  test('that is made by a promise is made once for all who ask, and can be had at once after that', async () => {
    const services = new ServiceContainer()
    const slow = deferred<string>()
    const factory = vi.fn(() => slow.promise)
    services.provide('stock', factory)
    const asked = Promise.all([services.load('stock'), services.load('stock')])
    await Promise.resolve()
    expect(() => services.get('stock')).toThrow('The service "stock" is not made yet')
    slow.resolve('made')
    expect(await asked).toEqual(['made', 'made'])
    expect(services.get('stock')).toBe('made')
    expect(factory).toHaveBeenCalledOnce()
  })

  test('that could not be made is made anew', async () => {
    const services = new ServiceContainer()
    const factory = vi.fn().mockRejectedValueOnce(new Error('once')).mockReturnValue('made')
    services.provide('stock', factory)
    await expect(services.load('stock')).rejects.toThrow('once')
    expect(await services.load('stock')).toBe('made')
  })

  test('has one provider', () => {
    const services = new ServiceContainer()
    services.provide('stock', () => 1, 'wms')
    expect(() => services.provide('stock', () => 2, 'xl')).toThrow('"stock" of xl is provided by wms already')
    expect(() => services.get('sotck')).toThrow('Nobody provides the service "sotck".')
  })

  test('goes with its owner, even while it is made', async () => {
    const services = new ServiceContainer()
    const slow = deferred<string>()
    services.provide('slow', () => slow.promise, 'wms')
    const asked = services.load('slow')
    services.withdraw('wms')
    slow.resolve('late')
    await expect(asked).rejects.toThrow('wms is gone')
    expect(() => services.get('slow')).toThrow('Nobody provides')
  })
})

describe('services that wait for each other', () => {
  test('are named, whichever way they ask', async () => {
    const services = new ServiceContainer()
    services.provide('a', (all) => all.get('b'))
    services.provide('b', (all) => all.get('c'))
    services.provide('c', (all) => all.get('a'))
    services.provide('self', (all) => all.get('self'))
    expect(() => services.get('a')).toThrow('The services wait for each other: c → a → b → c.')
    expect(() => services.get('self')).toThrow('self → self')
    services.provide('x', async (all) => all.load('y'))
    services.provide('y', async (all) => all.load('x'))
    await expect(services.load('x')).rejects.toThrow('y → x → y')
  })

  test('are found when two have asked for them from both ends at once', async () => {
    const services = new ServiceContainer()
    const start = deferred()
    services.provide('x', (all) => start.promise.then(() => all.load('y')))
    services.provide('y', (all) => start.promise.then(() => all.load('x')))
    const both = Promise.allSettled([services.load('x'), services.load('y')])
    start.resolve()
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  test('in a diamond are no circle', async () => {
    const services = new ServiceContainer()
    services.provide('base', async () => 1)
    services.provide('left', async (all) => ((await all.load('base')) as number) + 1)
    services.provide('right', async (all) => ((await all.load('base')) as number) + 2)
    services.provide('top', async (all) => Promise.all([all.load('left'), all.load('right')]))
    expect(await services.load('top')).toEqual([2, 3])
  })
})

describe('services of plugins', () => {
  const stock = { 'wms.stock': async () => () => ({ count: 7 }) }

  test('load their plugin when they are first asked for, and go and come with it', async () => {
    const { registry } = shell()
    const wms = lazy('wms', {}, { services: stock })
    await registry.register(wms)
    expect(() => registry.services.get('wms.stock')).toThrow('is not loaded yet')
    expect(await registry.services.load('wms.stock')).toEqual({ count: 7 })
    expect(wms.load).toHaveBeenCalledOnce()
    const first = registry.services.get('wms.stock')
    await registry.disable('wms')
    expect(() => registry.services.get('wms.stock')).toThrow('Nobody provides')
    await registry.enable('wms')
    await expect(registry.services.load('wms.stock')).resolves.not.toBe(first)
  })

  test('are there for their own plugin and for those that depend on it, when these start', async () => {
    const { registry } = shell()
    const seen: unknown[] = []
    const look = ({ services }: PluginContext) => void seen.push(services.get('wms.stock'))
    await registry.registerAll([
      eager('finance', { initialize: look }, needing('wms')),
      lazy('wms', { initialize: look }, { services: stock }),
    ])
    expect(seen).toEqual([{ count: 7 }, { count: 7 }])
  })

  test('are out of reach for all others', async () => {
    const { registry } = shell()
    const initialize = ({ services }: PluginContext) => services.get('wms.stock')
    await registry.registerAll([lazy('wms', {}, { services: stock }), eager('finance', { initialize })])
    expect(registry.getStatus('finance')?.error?.message).toBe(
      'finance failed in initialize: The service "wms.stock" is of wms, which finance has to name in its dependencies to use it.',
    )
  })

  test('that are no functions fail the plugin when it is loaded', async () => {
    const { registry } = shell()
    await registry.register(eager('wms', {}, { services: { 'wms.stock': async () => 7 } }))
    expect(registry.getStatus('wms')?.error?.message).toMatch(
      'has to be a function that makes it, and is a number',
    )
  })
})
