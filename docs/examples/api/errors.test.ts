/** Every error that the page about the API quotes. */
import {
  memoryStorage,
  type PluginContext,
  PluginRegistry,
  ServiceContainer,
  type WrittenPlugin,
} from '@framework-m/plugin-sdk/core'
import { expect, test } from 'vitest'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

async function start(plugin: Partial<WrittenPlugin> = {}, registry = new PluginRegistry({ logger: quiet })) {
  let context: PluginContext | undefined
  const info = await registry.register({
    name: 'wms',
    ...plugin,
    activate(given) {
      context = given
    },
  })
  return { registry, info, context: context as PluginContext }
}

test('of a registry', async () => {
  const { registry } = await start()
  await expect(registry.register({})).rejects.toThrow('A plugin that is registered needs a name.')
  await expect(registry.register({ name: 'wms' })).rejects.toThrow(
    'There is a plugin "wms" already: use replace().',
  )
  await expect(registry.enable('crm')).rejects.toThrow('There is no plugin "crm".')
  await registry.disable('wms')
  await expect(registry.use('wms')).rejects.toThrow('wms is disabled: it cannot be used.')
  await expect(
    registry.register({ name: 'hr', routes: [{ path: '/hr', component: './src/Page' }] }),
  ).rejects.toThrow('hr names a component by its file, "./src/Page", which only the composer can find.')
})

test('of the steps of a life', async () => {
  const registry = new PluginRegistry({ logger: quiet, deadlines: { initialize: 20, load: 20 } })
  const late = await registry.register({ name: 'late', initialize: () => new Promise(() => {}) })
  expect(late.error?.message).toBe('late failed in initialize: it took longer than 0.02 s')
  const empty = await registry.register({
    name: 'empty',
    activation: 'startup',
    load: async () => ({ default: undefined as never }),
  })
  expect(empty.error?.message).toBe(
    'empty failed in load: its module has no configuration as its default export',
  )
  const service = await registry.register({ name: 'service', services: { 'a.b': 'text' as never } })
  expect(service.error?.message).toBe(
    'service failed in load: The service "a.b" has to be a function that makes it, and is a string.',
  )
})

test('of services', async () => {
  const services = new ServiceContainer()
  services.provide('a', (others) => others.get('b'))
  services.provide('b', (others) => others.get('a'))
  services.provide('later', async () => 1)
  expect(() => services.provide('a', () => 1, 'crm')).toThrow(
    'The service "a" of crm is provided by the shell already.',
  )
  expect(() => services.get('c')).toThrow('Nobody provides the service "c".')
  expect(() => services.get('a')).toThrow('The services wait for each other: b → a → b.')
  expect(() => services.get('later')).toThrow('The service "later" is not made yet: use load().')
  const { registry, context } = await start()
  await registry.register({ name: 'crm', services: { 'crm.people': () => [] } })
  expect(() => context.services.get('crm.people')).toThrow(
    'The service "crm.people" is of crm, which wms has to name in its dependencies to use it.',
  )
  await registry.register({
    name: 'hr',
    load: async () => ({ default: {} }),
    services: { 'hr.leave': async () => () => 1 },
  })
  expect(() => registry.services.get('hr.leave')).toThrow(
    'The service "hr.leave" is not loaded yet: use load().',
  )
})

test('of what a plugin is given', async () => {
  const driver = memoryStorage()
  const { registry, context } = await start(
    { settings: { lowStock: { type: 'number' } } },
    new PluginRegistry({ logger: quiet, storage: driver, quota: 10 }),
  )
  const { events, permissions, storage } = context
  expect(() => events.emit('plugin:crm:saved')).toThrow(
    'wms emits in its own namespace: write the bare name, not "plugin:crm:saved".',
  )
  expect(() => permissions.require('stock', 'adjust')).toThrow('Permission denied: stock:adjust')
  await expect(storage.set('view', 'long enough')).rejects.toThrow(
    'wms has room for 10 characters, and with "view" it would need 17.',
  )
  await expect(storage.set('view', undefined)).rejects.toThrow('"view" of wms is nothing that JSON can hold.')
  await driver.set('framework-m:storage:wms:view', '{')
  await expect(storage.get('view')).rejects.toThrow('What wms has stored as "view" is not JSON any more.')
  await expect(registry.settings.set('wms', 'unit', 'pcs')).rejects.toThrow('wms has no setting "unit".')
  await expect(registry.settings.set('wms', 'lowStock', 'few')).rejects.toThrow(
    'The setting "lowStock" of wms is a number, and cannot be "few".',
  )
})

test('of a storage that refuses', async () => {
  const full = {
    ...memoryStorage(),
    set() {
      throw new Error('QuotaExceededError')
    },
  }
  const { context } = await start({}, new PluginRegistry({ storage: full }))
  await expect(context.storage.set('view', 1)).rejects.toThrow('"view" of wms could not be stored.')
  const away = () => Promise.reject(new Error('503'))
  const broken = { ...memoryStorage(), get: away, delete: away }
  const { registry, context: other } = await start({}, new PluginRegistry({ storage: broken }))
  await expect(other.storage.get('view')).rejects.toThrow('"view" of wms could not be read.')
  await expect(other.storage.delete('view')).rejects.toThrow('"view" of wms could not be removed.')
  await registry.disable('wms')
  await expect(other.storage.set('view', 1)).rejects.toThrow('"view" stays as it is: wms was switched off.')
})

test('of dependencies, as the reason why a plugin is blocked', async () => {
  const { registry } = await start({ version: '1.4.0' })
  const reasonOf = async (name: string, dependencies: Record<string, string>) =>
    (await registry.register({ name, dependencies })).reason
  expect(await reasonOf('a', { crm: '^1.0.0' })).toBe('it needs crm ^1.0.0, which is not there')
  expect(await reasonOf('b', { wms: '^2.0.0' })).toBe('it needs wms ^2.0.0, and there is 1.4.0')
  expect(await reasonOf('c', { wms: 'newest' })).toBe('the range "newest" of wms is not valid')
  expect(await reasonOf('d', { d: '*' })).toBe('it is in a circle of dependencies: d → d')
  expect(await reasonOf('e', { a: '*' })).toMatch('it needs a, which is blocked')
  const taken = await registry.register({ name: 'f', menu: [{ name: 'f.a', label: 'A' }] })
  expect(taken.state).toBe('active')
  expect((await registry.register({ name: 'g', menu: [{ name: 'f.a', label: 'A' }] })).reason).toBe(
    'f has the menu item "f.a" already',
  )
})
