import {
  EventBus,
  memoryStorage,
  PermissionError,
  type PluginContext,
  PluginRegistry,
  ServiceContainer,
  ServiceError,
  StorageError,
  transient,
  transition,
  transitions,
  webStorage,
} from '@framework-m/plugin-sdk/core'
import { expect, test } from 'vitest'

/** The context of a plugin that is switched on. */
async function contextOf(registry: PluginRegistry, plugin: object = {}): Promise<PluginContext> {
  let given: PluginContext | undefined
  await registry.register({
    name: 'wms',
    ...plugin,
    activate(context) {
      given = context
    },
  })
  return given as PluginContext
}

test('storage keeps what JSON can hold, for one plugin', async () => {
  const { storage } = await contextOf(new PluginRegistry({ quota: 100 }))
  await storage.set('view', { columns: ['sku', 'count'] })
  expect(await storage.get('view')).toEqual({ columns: ['sku', 'count'] })
  await storage.delete('view')
  expect(await storage.get('view')).toBeUndefined()
  await expect(storage.set('view', 'x'.repeat(200))).rejects.toThrow(
    new StorageError('wms has room for 100 characters, and with "view" it would need 206.'),
  )
})

test('a driver says where values are kept', async () => {
  const driver = memoryStorage()
  const { storage } = await contextOf(new PluginRegistry({ storage: driver }))
  await storage.set('view', 'table')
  expect(await driver.keys('')).toEqual(['framework-m:storage:wms:view'])
  const area = { length: 0, key: () => null, getItem: () => null, setItem() {}, removeItem() {} }
  expect(await webStorage(area).get('view')).toBeUndefined()
})

test('events are heard under the plugin’s name', async () => {
  const registry = new PluginRegistry()
  const { events } = await contextOf(registry)
  const heard: unknown[] = []
  registry.events.on('plugin:wms:saved', (payload) => heard.push(payload))
  events.on('saved', (payload) => heard.push(payload))
  events.emit('saved', { sku: 'A-100' })
  expect(heard).toEqual([{ sku: 'A-100' }, { sku: 'A-100' }])
})

test('a bus of its own', () => {
  const bus = new EventBus()
  const heard: unknown[] = []
  const stop = bus.on('saved', (payload) => heard.push(payload))
  bus.emit('saved', 1)
  stop()
  bus.emit('saved', 2)
  expect(heard).toEqual([1])
})

test('settings are declared by plugins and chosen by the shell', async () => {
  const registry = new PluginRegistry()
  const context = await contextOf(registry, { settings: { lowStock: { type: 'number', default: 10 } } })
  expect(context.settings.lowStock).toBe(10)
  await registry.settings.set('wms', 'lowStock', 5)
  expect(context.settings.lowStock).toBe(5)
  await expect(registry.settings.set('wms', 'lowStock', 'few')).rejects.toThrow(
    'The setting "lowStock" of wms is a number, and cannot be "few".',
  )
  await registry.settings.set('wms', 'lowStock', undefined)
  expect(registry.settings.get('wms')).toEqual({ lowStock: 10 })
})

test('permissions are asked of the shell, for what plugins declare', async () => {
  const registry = new PluginRegistry({ permissions: (_, action) => action === 'read' })
  const { permissions } = await contextOf(registry, {
    permissions: [{ resource: 'stock', actions: ['read', 'adjust'] }],
  })
  expect(permissions.can('stock', 'read')).toBe(true)
  expect(permissions.can('stock', 'burn')).toBe(false)
  expect(() => permissions.require('stock', 'adjust')).toThrow(new PermissionError('stock', 'adjust'))
})

test('services are made when they are first asked for', async () => {
  const services = new ServiceContainer()
  services.provide('clock', () => ({ hour: 9 }))
  services.provide('greeting', (others) => {
    const { hour } = others.get('clock') as { hour: number }
    return hour < 12 ? 'Good morning' : 'Hello'
  })
  services.provide('later', async () => 'made')
  expect(services.get('greeting')).toBe('Good morning')
  expect(services.get('clock')).toBe(services.get('clock'))
  expect(() => services.get('later')).toThrow(ServiceError)
  expect(await services.load('later')).toBe('made')
  expect(() => services.get('nothing')).toThrow('Nobody provides the service "nothing".')
})

test('a transient service is made for everybody who asks', () => {
  const services = new ServiceContainer()
  services.provide(
    'basket',
    transient(() => []),
  )
  expect(services.get('basket')).not.toBe(services.get('basket'))
})

test('the life of a plugin is a table', () => {
  expect(transition('registered', 'start')).toBe('initializing')
  expect(transition('disabled', 'start')).toBe('disabled')
  expect(Object.keys(transitions)).toEqual([
    'registered',
    'initializing',
    'active',
    'disabled',
    'blocked',
    'error',
  ])
})

test('what a plugin got from its context ends when it is switched off', async () => {
  const registry = new PluginRegistry()
  const { signal } = await contextOf(registry)
  await registry.disable('wms')
  expect(signal.aborted).toBe(true)
})
