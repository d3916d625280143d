import { definePlugin, follow, type Plugin, PluginError, PluginRegistry } from '@framework-m/plugin-sdk/core'
import { expect, test } from 'vitest'

const wms = definePlugin({
  name: 'wms',
  menu: [
    { name: 'wms.stock', label: 'Stock', route: '/wms/stock' },
    { name: 'wms.adjust', label: 'Adjust', when: "user.role == 'clerk'" },
  ],
  routes: [{ path: '/wms/stock', component: async () => ({ default: () => 'Stock' }) }],
  extensions: [{ id: 'wms.badge', point: 'header.right', component: async () => ({ default: () => '4' }) }],
})

test('a registry runs plugins, and says what they contribute', async () => {
  const registry = new PluginRegistry({ app: { version: '1.0.0' }, context: { user: { role: 'guest' } } })
  const { state } = await registry.register(wms)
  expect(state).toBe('active')
  expect(registry.getMenu().map(({ label }) => label)).toEqual(['Stock'])
  expect(registry.getExtensions('header.right').map(({ id }) => id)).toEqual(['wms.badge'])
  registry.setContext({ user: { role: 'clerk' } })
  expect(registry.getMenu().map(({ label }) => label)).toEqual(['Adjust', 'Stock'])
})

test('a listener is called after every change', async () => {
  const registry = new PluginRegistry()
  const seen: (string | undefined)[] = []
  const stop = registry.subscribe(() => seen.push(registry.getStatus('wms')?.state))
  await registry.register(wms)
  await registry.disable('wms')
  stop()
  expect([seen.at(0), seen.at(-1)]).toEqual(['initializing', 'disabled'])
})

test('a plugin that fails is in state "error", and its caller is not bothered', async () => {
  const failures: PluginError[] = []
  const registry = new PluginRegistry({ onError: (error) => failures.push(error) })
  const { state, error } = await registry.register({
    name: 'crm',
    initialize() {
      throw new Error('no licence')
    },
  })
  expect(state).toBe('error')
  expect(error).toBeInstanceOf(PluginError)
  expect(error?.message).toBe('crm failed in initialize: no licence')
  expect(failures).toEqual([error])
})

test('a plugin waits for what it depends on', async () => {
  const registry = new PluginRegistry()
  const finance = { name: 'finance', dependencies: { wms: '^1.0.0' } }
  expect(await registry.register(finance)).toMatchObject({
    state: 'blocked',
    reason: 'it needs wms ^1.0.0, which is not there',
  })
  await registry.register({ ...wms, version: '1.4.0' })
  await registry.use('finance')
  expect(registry.getStatus('finance')?.state).toBe('active')
})

test('what a caller does wrong is thrown', async () => {
  const registry = new PluginRegistry()
  await expect(registry.disable('nobody')).rejects.toThrow('There is no plugin "nobody".')
  await registry.register(wms)
  await expect(registry.register({ name: 'wms' })).rejects.toThrow(
    'There is a plugin "wms" already: use replace().',
  )
  await registry.replace({ name: 'wms', label: 'Another' })
  expect(registry.get('wms')?.label).toBe('Another')
  await expect(registry.use('nobody')).rejects.toThrow('There is no plugin "nobody".')
})

test('a registry follows a list', async () => {
  const registry = new PluginRegistry()
  const listeners = new Set<() => void>()
  let plugins: readonly Plugin[] = [wms]
  const { ready, stop } = follow(registry, {
    get: () => plugins,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  await ready()
  plugins = [{ name: 'crm' }]
  for (const listener of listeners) listener()
  await ready()
  expect(registry.list().map(({ name }) => name)).toEqual(['crm'])
  stop()
})
