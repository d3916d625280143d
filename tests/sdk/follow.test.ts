import { expect, test, vi } from 'vitest'
import { type ComposedPlugin, follow } from '../../npm/plugin-sdk/src/core.js'
import { eager, items, lazy, shell, states } from './plugins.js'

/** A list of plugins as a dev server changes it. */
function source(...plugins: ComposedPlugin[]) {
  const listeners = new Set<() => void>()
  let now = plugins
  return {
    get: () => now,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    become(...next: ComposedPlugin[]) {
      now = next
      for (const listener of listeners) listener()
    },
  }
}

test('plugins come, change and go with the list', async () => {
  const { registry } = shell()
  const [a, b, c] = [lazy('a'), lazy('b'), lazy('c')]
  const list = source(a, b)
  const own = lazy('own')
  await registry.register(own)
  const { ready, stop } = follow(registry, list)
  await ready()
  expect(Object.keys(states(registry))).toEqual(['own', 'a', 'b'])
  list.become({ ...a, label: 'A' }, c)
  await ready()
  expect(registry.list().map(({ label }) => label)).toEqual(['own', 'A', 'c'])
  stop()
  list.become()
  expect(registry.list()).toHaveLength(3)
})

test('an edit of data leaves what runs alone; an edit of code starts it anew', async () => {
  const { registry } = shell()
  const activate = vi.fn()
  const deactivate = vi.fn()
  const a = eager('a', { activate, deactivate }, { services: { s: async () => () => ({}) } })
  const list = source(a)
  const { ready } = follow(registry, list)
  await ready()
  const service = registry.services.get('s')
  list.become({ ...a, menu: [{ name: 'a.new', label: 'New', plugin: 'a' }] })
  expect(items(registry)).toEqual(['a.new'])
  await ready()
  expect(activate).toHaveBeenCalledOnce()
  expect(registry.services.get('s')).toBe(service)
  const next = vi.fn()
  list.become(eager('a', { activate: next }))
  await ready()
  expect(deactivate).toHaveBeenCalledOnce()
  expect(next).toHaveBeenCalledOnce()
  expect(states(registry)).toEqual({ a: 'active' })
})

test('a plugin that had failed is tried again when it is mended', async () => {
  const { registry } = shell()
  const list = source(eager('a', { activate: () => Promise.reject(new Error('no')) }))
  const { ready } = follow(registry, list)
  await ready()
  expect(states(registry)).toEqual({ a: 'error' })
  list.become(eager('a'))
  await ready()
  expect(states(registry)).toEqual({ a: 'active' })
})

test('a part that moves from one plugin to another is shown throughout', async () => {
  const { registry } = shell()
  const item = (plugin: string) => [{ name: 'x', label: 'X', plugin }]
  const list = source(lazy('a', {}, { menu: item('a') }), lazy('b', {}, { menu: [] }))
  const { ready } = follow(registry, list)
  await ready()
  const [a, b] = list.get() as [ComposedPlugin, ComposedPlugin]
  list.become({ ...a, menu: [] }, { ...b, menu: item('b') })
  await ready()
  expect(registry.getMenu().map(({ plugin }) => plugin)).toEqual(['b'])
  list.become(a, b)
  await ready()
  expect(registry.getMenu().map(({ plugin }) => plugin)).toEqual(['a'])
  expect(states(registry)).toEqual({ a: 'registered', b: 'registered' })
})
