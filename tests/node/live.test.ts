/** `virtual:framework-m-live` as the generated modules use it; each test has a page of its own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ComposedPlugin, follow, PluginRegistry } from '../../npm/plugin-sdk/src/core.js'

type Live = typeof import('../../npm/vite-plugin/src/vite/live.js')
type Values = Record<string, unknown>

let live: Live
const open = async ({ inPage = true } = {}) => {
  if (inPage) vi.stubGlobal('document', {})
  else vi.unstubAllGlobals()
  vi.resetModules()
  live = await import('../../npm/vite-plugin/src/vite/live.js')
}
beforeEach(() => open())
afterEach(() => vi.unstubAllGlobals())

/** An evaluation of the host: what its bindings are now. */
function host(values: () => Values): { now: Values } {
  const bindings = { now: values() }
  live.publish(bindings.now, (now) => {
    bindings.now = now
  })
  return bindings
}

const never = () => Promise.reject(new Error('this was loaded'))
const module = (name: string) => ({ default: name })
const code = (values: Record<string, unknown>) => ({
  code: Object.fromEntries(Object.entries(values).map(([path, value]) => [path, () => value])),
})

describe('a function', () => {
  test('is the same one after another evaluation of the host', () => {
    const evaluate = () =>
      host(() => {
        const load = live.entry('wms', () => Promise.resolve(code({})))
        return {
          load,
          page: live.component('wms/Stock.tsx', never),
          service: live.link(load, 'services.stock'),
        }
      }).now
    const { load, page, service } = evaluate()
    const again = evaluate()
    expect(again.load).toBe(load)
    expect(again.page).toBe(page)
    expect(again.service).toBe(service)
  })

  test('is another one on a server that is told of no update, and gives what is there now', async () => {
    await open({ inPage: false })
    const evaluate = (name: string) =>
      host(() => {
        const load = live.entry('wms', () => Promise.resolve(code({ 'services.stock': name })))
        const page = live.component('wms/Stock.tsx', () => Promise.resolve(module(name)))
        expect(live.component('wms/Stock.tsx')).toBe(page)
        return { load, page, service: live.link(load, 'services.stock') }
      }).now as Record<string, () => Promise<unknown>>
    const was = evaluate('old')
    expect(await was.page?.()).toEqual(module('old'))
    expect(await was.service?.()).toBe('old')
    const is = evaluate('new')
    expect(await is.page?.()).toEqual(module('new'))
    expect(await is.service?.()).toBe('new')
    for (const name of ['load', 'page', 'service']) expect(is[name], name).not.toBe(was[name])
  })

  test('is one for a component that stands in several places', () => {
    const page = live.component('wms/Stock.tsx', () => Promise.resolve(module('stock')))
    expect(live.component('wms/Stock.tsx')).toBe(page)
    expect(live.component('wms/Bins.tsx', never)).not.toBe(page)
  })

  test('is another one for a plugin, component or path that was away in between', async () => {
    const evaluate = (stock: string) =>
      host(() => {
        const load = live.entry('wms', () => Promise.resolve(code({ 'services.stock': stock })))
        const page = live.component('wms/Stock.tsx', () => Promise.resolve(module(stock)))
        return { load, page, service: live.link(load, 'services.stock') }
      }).now as Record<string, () => Promise<unknown>>
    const was = evaluate('old')
    expect(await was.page?.()).toEqual(module('old'))
    expect(await was.service?.()).toBe('old')
    host(() => ({}))
    const now = evaluate('new')
    for (const name of ['load', 'page', 'service']) expect(now[name]).not.toBe(was[name])
    expect(await now.page?.()).toEqual(module('new'))
    expect(await now.service?.()).toBe('new')
  })
})

describe('a module that was loaded', () => {
  test('is kept, whatever address a newer host has for it', async () => {
    const load = live.entry('wms', () => Promise.resolve(code({ a: 1 })))
    const page = live.component('wms/Stock.tsx', () => Promise.resolve(module('stock')))
    const both = [await load(), await page()]
    live.entry('wms', never)
    live.component('wms/Stock.tsx', never)
    expect([await load(), await page()]).toEqual(both)
    expect(await live.link(load, 'a')()).toBe(1)
  })

  test('is loaded once, however many ask at the same time', async () => {
    const load = vi.fn(() => Promise.resolve(code({ a: 1, b: 2 })))
    const entry = live.entry('wms', load)
    expect(await Promise.all([live.link(entry, 'a')(), live.link(entry, 'b')(), entry()])).toHaveLength(3)
    expect(load).toHaveBeenCalledTimes(1)
  })

  test('is not kept if that failed: the next call loads from where the newest host says', async () => {
    const page = live.component('wms/Stock.tsx', never)
    await expect(page()).rejects.toThrow('this was loaded')
    live.component('wms/Stock.tsx', () => Promise.resolve(module('mended')))
    expect(await page()).toEqual(module('mended'))
  })

  test('is not lost to an earlier load that fails late', async () => {
    let fail = (_: Error) => {}
    const page = live.component('wms/Stock.tsx', () => new Promise((_, reject) => (fail = reject)))
    host(() => ({ page }))
    const first = page()
    live.renew('wms/Stock.tsx', module('next'))
    fail(new Error('late'))
    await expect(first).rejects.toThrow('late')
    expect(await page()).toEqual(module('next'))
  })
})

describe('a component that became another', () => {
  test('has a new function in every place, which gives the next module, and everybody is called', async () => {
    const evaluate = () => {
      const route = { component: live.component('wms/Stock.tsx', () => Promise.resolve(module('old'))) }
      const other = { component: live.component('wms/Bins.tsx', never) }
      return { plugins: [{ routes: [route, other] }], routes: [route, other] }
    }
    const was = host(evaluate).now
    const bindings = host(evaluate)
    const called = vi.fn()
    live.subscribe(called)
    live.renew('wms/Stock.tsx', module('next'))
    expect(called).toHaveBeenCalledTimes(1)
    const [old, other] = was.routes as { component: () => Promise<unknown> }[]
    const [route, same] = bindings.now.routes as { component: () => Promise<unknown> }[]
    expect(route?.component).not.toBe(old?.component)
    expect(await route?.component()).toEqual(module('next'))
    expect(same).toBe(other)
    expect((bindings.now.plugins as { routes: unknown[] }[])[0]?.routes[0]).toBe(route)
    expect(live.component('wms/Stock.tsx', never)).toBe(route?.component)
  })

  test('stays what it was where the next module could not be evaluated, or nobody has it', async () => {
    const bindings = host(() => ({
      page: live.component('wms/Stock.tsx', () => Promise.resolve(module('old'))),
    }))
    const { page } = bindings.now
    const called = vi.fn()
    live.subscribe(called)
    live.renew('wms/Stock.tsx', undefined)
    live.renew('wms/Gone.tsx', module('next'))
    live.renewEntry('gone', code({}))
    expect(bindings.now.page).toBe(page)
    expect(called).not.toHaveBeenCalled()
  })
})

describe('a configuration that became another', () => {
  const evaluate = () => {
    const load = live.entry('wms', () => Promise.resolve(code({ 'services.stock': 'old' })))
    const other = live.entry('crm', never)
    return {
      plugins: [
        { name: 'wms', load, services: { stock: live.link(load, 'services.stock') } },
        { name: 'crm', load: other, services: { people: live.link(other, 'services.people') } },
      ],
    }
  }
  type Plugins = { load: () => Promise<unknown>; services: Record<string, () => Promise<unknown>> }[]

  test('has new functions for what is in it, and the other plugins stay as they are', async () => {
    const bindings = host(evaluate)
    const [wms, crm] = bindings.now.plugins as Plugins
    expect(await wms?.services.stock?.()).toBe('old')
    const called = vi.fn()
    live.subscribe(called)
    live.renewEntry('wms', code({ 'services.stock': 'new' }))
    expect(called).toHaveBeenCalledTimes(1)
    const [next, same] = bindings.now.plugins as Plugins
    expect(same).toBe(crm)
    expect(next?.services.stock).not.toBe(wms?.services.stock)
    expect(await next?.services.stock?.()).toBe('new')
    expect(next?.load).not.toBe(wms?.load)
    expect(await next?.load()).toBe(await wms?.load())
    expect((host(evaluate).now.plugins as Plugins)[0]).toBe(next)
  })

  test('has the same function to load it while nobody has loaded it', () => {
    const bindings = host(evaluate)
    const [wms] = bindings.now.plugins as Plugins
    live.renewEntry('wms', code({ 'services.stock': 'new' }))
    expect((bindings.now.plugins as Plugins)[0]?.load).toBe(wms?.load)
  })

  test('starts its plugin again in a registry, and an edit of data does not', async () => {
    const started: string[] = []
    const entry = (name: string) => ({ default: { activate: () => started.push(name) }, ...code({}) })
    const evaluate = (label: string) =>
      host(() => {
        const load = live.entry('wms', () => Promise.resolve(entry('first')))
        return { plugins: [{ name: 'wms', label, activation: 'startup', load }] }
      })
    const bindings = evaluate('Warehouse')
    const registry = new PluginRegistry()
    const get = () => bindings.now.plugins as ComposedPlugin[]
    const { ready } = follow(registry, { get, subscribe: live.subscribe })
    await ready()
    evaluate('Stock')
    await ready()
    expect(registry.get('wms')?.label).toBe('Stock')
    expect(started).toEqual(['first'])
    live.renewEntry('wms', entry('second'))
    await ready()
    expect(started).toEqual(['first', 'second'])
    expect(registry.getStatus('wms')?.state).toBe('active')
  })

  test('is loaded anew for a path that it has only in the version of a newer host', async () => {
    host(evaluate)
    const load = live.entry('wms', () => Promise.resolve(code({ 'services.stock': 'old' })))
    await load()
    live.entry('wms', () => Promise.resolve(code({ 'services.bins': 'bins' })))
    expect(await live.link(load, 'services.bins')()).toBe('bins')
    await expect(live.link(load, 'services.gone')()).rejects.toThrow('services.gone')
  })
})

describe('what is published', () => {
  const item = (label: string) => ({ name: 'stock', label, odd: [null, undefined, -0, Number.NaN, 10n] })
  const evaluate = (labels: string[], extra: Values = {}) =>
    host(() => {
      const plugins = labels.map((label) => ({ menu: [item(label)], settings: { size: 10 } }))
      return { plugins, menu: plugins.map(({ menu }) => menu[0]), ...extra }
    })

  test('is the same objects where nothing has changed, and nobody is called', () => {
    const { now } = evaluate(['Stock', 'Bins'])
    const called = vi.fn()
    live.subscribe(called)
    expect(evaluate(['Stock', 'Bins']).now).toBe(now)
    expect(called).not.toHaveBeenCalled()
  })

  test('keeps the plugins that did not change, also where one comes before them', () => {
    const was = evaluate(['Stock', 'Bins']).now.plugins as unknown[]
    const called = vi.fn()
    live.subscribe(called)
    const now = evaluate(['New', 'Stock', 'Bins!']).now.plugins as unknown[]
    expect(called).toHaveBeenCalledTimes(1)
    expect(now).not.toBe(was)
    expect(now[1]).toBe(was[0])
    expect(now[2]).not.toBe(was[1])
    expect((now[2] as Values).settings).toBe((was[1] as Values).settings)
  })

  test('has one object in two places where it had one', () => {
    for (const labels of [['Stock'], ['New', 'Stock'], ['Stock', 'New!']]) {
      const { plugins, menu } = evaluate(labels).now as { plugins: { menu: unknown[] }[]; menu: unknown[] }
      expect(plugins.map((plugin) => plugin.menu[0])).toEqual(menu)
      for (const [index, plugin] of plugins.entries()) expect(plugin.menu[0]).toBe(menu[index])
    }
  })

  test('differs by the order of keys, by functions, and by what only looks alike', () => {
    const variants: unknown[] = [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
      { a: 1, b: '2' },
      { a: 1 },
      { a: 1, b: undefined },
      { a: 1, b: 2n },
      { a: 0 },
      { a: -0 },
      ['a', 1],
      [],
      {},
      () => {},
      () => {},
      '() => {}',
      null,
      'null',
      { 'a":1,"b': 2 },
      JSON.parse('{ "__proto__": 1 }'),
    ]
    const called = vi.fn()
    live.subscribe(called)
    for (const [index, value] of variants.entries()) {
      expect(host(() => ({ value })).now.value).toEqual(value)
      expect(called).toHaveBeenCalledTimes(index + 1)
    }
  })

  test('reaches the bindings of every evaluation, older and newer', () => {
    const first = evaluate(['Stock'])
    const second = evaluate(['Bins'])
    const third = evaluate(['Bins'])
    expect(first.now).toBe(third.now)
    expect(second.now).toBe(third.now)
    expect(third.now).toMatchObject({ menu: [{ label: 'Bins' }] })
  })
})

describe('a subscriber', () => {
  let count = 0
  const change = () => host(() => ({ count: ++count }))

  test('finds the new values when it is called', () => {
    const bindings = host(() => ({ label: 'old' }))
    const seen: unknown[] = []
    live.subscribe(() => seen.push(bindings.now.label))
    host(() => ({ label: 'new' }))
    expect(seen).toEqual(['new'])
  })

  test('that throws is reported and costs itself', () => {
    const report = vi.fn()
    vi.stubGlobal('reportError', report)
    const called = vi.fn()
    live.subscribe(() => {
      throw new Error('mine')
    })
    live.subscribe(called)
    change()
    vi.unstubAllGlobals()
    expect(called).toHaveBeenCalledTimes(1)
    expect(report).toHaveBeenCalledWith(new Error('mine'))
  })

  test('that ends itself or another while all are called is heard, and nobody else is missed', () => {
    const calls: string[] = []
    const endFirst = live.subscribe(() => {
      calls.push('first')
      endFirst()
      endSecond()
    })
    const endSecond = live.subscribe(() => calls.push('second'))
    live.subscribe(() => calls.push('third'))
    change()
    change()
    expect(calls).toEqual(['first', 'third', 'third'])
  })

  test('that subscribed twice is called twice, and ends one at a time', () => {
    const called = vi.fn()
    const end = live.subscribe(called)
    live.subscribe(called)
    change()
    expect(called).toHaveBeenCalledTimes(2)
    end()
    end()
    change()
    expect(called).toHaveBeenCalledTimes(3)
  })
})

describe('a shell that does not listen', () => {
  const evaluate = (label: string) => host(() => ({ label, page: live.component('wms/Stock.tsx', never) }))

  test('is found out once, by whoever is evaluated', () => {
    evaluate('first')
    expect(live.heard()).toBe(true)
    evaluate('first')
    expect(live.heard()).toBe(true)
    evaluate('second')
    expect(live.heard()).toBe(false)
    expect(live.heard()).toBe(true)
  })

  test('is found out by a component that became another, and then by the host', () => {
    evaluate('first')
    expect(live.renew('wms/Stock.tsx', module('next'))).toBe(false)
    evaluate('first')
    expect(live.heard()).toBe(false)
  })

  test('is told from one that listens', () => {
    evaluate('first')
    live.subscribe(() => {})
    evaluate('second')
    expect(live.heard()).toBe(true)
    expect(live.renew('wms/Stock.tsx', module('next'))).toBe(true)
    expect(live.renew('wms/Stock.tsx', undefined)).toBe(true)
  })

  test('is not found out by a configuration without code that anybody was given', () => {
    host(() => ({ load: live.entry('wms', never) }))
    expect(live.renewEntry('wms', code({}))).toBe(true)
  })
})
