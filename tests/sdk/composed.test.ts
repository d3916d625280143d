import { expect, test } from 'vitest'
import type { ComposedPlugin } from '../../npm/plugin-sdk/src/core.js'
import { items, lazy, shell, states } from './plugins.js'

const composed = (name: string, data: Partial<ComposedPlugin> = {}) =>
  lazy(name, {}, { composed: true, ...data })

test('plugins of the composer are on the list at once; others as soon as what checks them is loaded', async () => {
  const { registry } = shell()
  void registry.registerAll([composed('a'), composed('b')])
  expect(Object.keys(states(registry))).toEqual(['a', 'b'])
  void registry.register(lazy('c'))
  expect(Object.keys(states(registry))).toEqual(['a', 'b'])
  await registry.listed()
  expect(Object.keys(states(registry))).toEqual(['a', 'b', 'c'])
})

test('a condition that the composer has parsed is not parsed again', async () => {
  const { registry, failures } = shell()
  const when = "user.role == 'clerk'"
  await registry.register(
    composed('wms', {
      menu: [{ name: 'wms.adjust', label: 'Adjust', when, plugin: 'wms' }],
      conditions: { [when]: ['==', ['name', 'user', 'role'], ['value', 'clerk']] },
    }),
  )
  expect(items(registry)).toEqual([])
  registry.setContext({ user: { role: 'clerk' } })
  expect(items(registry)).toEqual(['wms.adjust'])
  expect(failures).toEqual([])
})

test('one that it could not parse hides its part, and is reported once', async () => {
  const { registry, failures } = shell()
  await registry.register(
    composed('wms', { menu: [{ name: 'wms.adjust', label: 'Adjust', when: 'user.role =', plugin: 'wms' }] }),
  )
  expect([items(registry), items(registry)]).toEqual([[], []])
  expect(failures).toEqual([
    'wms failed in condition: the composer could not parse the condition: user.role =',
  ])
})

test('a plugin written by hand is checked against those of the composer', async () => {
  const { registry } = shell()
  const item = { name: 'stock', label: 'Stock' }
  await registry.register(composed('wms', { menu: [{ ...item, plugin: 'wms' }] }))
  await registry.registerAll([
    { name: 'taken', menu: [item] },
    { name: 'wrong', dependencies: { wms: '^2.0.0' } },
    { name: 'right', dependencies: { wms: '^1.0.0' } },
  ])
  expect(registry.list().map(({ name, reason }) => [name, reason])).toEqual([
    ['wms', undefined],
    ['taken', 'wms has the menu item "stock" already'],
    ['wrong', 'it needs wms ^2.0.0, and there is 1.0.0'],
    ['right', undefined],
  ])
})

test('what goes, or changes, before it is on the list does so', async () => {
  const { registry } = shell()
  void registry.registerAll([lazy('gone'), lazy('changed'), composed('both')])
  await Promise.all([
    registry.unregister('gone'),
    registry.replace(lazy('changed', {}, { label: 'Changed' })),
    registry.replace(composed('both', { label: 'Both' })),
  ])
  expect(registry.list().map(({ label }) => label)).toEqual(['Changed', 'Both'])
})
