import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  memoryStorage,
  type PluginContext,
  type PluginRegistry,
  type PluginRegistryOptions,
  StorageError,
  webStorage,
} from '../../npm/plugin-sdk/src/core.js'
import { deferred, eager, lazy, needing, shell, silent, ticks } from './plugins.js'

/** Web Storage as a browser has it, with room for so many characters. */
function area(room = Infinity) {
  const texts = new Map<string, string>()
  return {
    get length() {
      return texts.size
    },
    key: (index: number) => [...texts.keys()][index] ?? null,
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if (text.length > room) throw new DOMException('full', 'QuotaExceededError')
      texts.set(key, text)
    },
    removeItem: (key: string) => void texts.delete(key),
  }
}

async function context(registry: PluginRegistry, name = 'wms', data: object = {}): Promise<PluginContext> {
  let given: PluginContext | undefined
  const activate = (context: PluginContext) => {
    given = context
  }
  await registry.register(eager(name, { activate }, data))
  if (!given) throw new Error(`${name} is not active`)
  return given
}

const both: [string, () => PluginRegistryOptions][] = [
  ['memory', () => ({ storage: memoryStorage() })],
  ['Web Storage', () => ({ storage: webStorage(area()) })],
]

describe.each(both)('storage in %s', (_, options) => {
  let registry: PluginRegistry
  let failures: string[]
  beforeEach(() => {
    const made = shell({ ...options(), quota: 100 })
    registry = made.registry
    failures = made.failures
  })

  test('keeps what JSON can hold', async () => {
    const { storage } = await context(registry)
    for (const value of [1, 'text', true, null, [1, { a: 2 }]]) {
      await storage.set('key', value)
      expect(await storage.get('key')).toEqual(value)
    }
    await storage.delete('key')
    expect(await storage.get('key')).toBeUndefined()
    await storage.delete('key')
    const circle: { self?: unknown } = {}
    circle.self = circle
    for (const value of [undefined, () => 1, 1n, circle])
      await expect(storage.set('key', value)).rejects.toThrow('"key" of wms is nothing that JSON can hold.')
  })

  test('is apart from that of every other plugin, whatever their names and keys', async () => {
    const contexts = await Promise.all(['a', 'a:b', 'a%3Ab', '@x/a'].map((name) => context(registry, name)))
    for (const [at, { storage }] of contexts.entries()) await storage.set('b:c', at)
    for (const [at, { storage }] of contexts.entries()) {
      expect(await storage.get('b:c')).toBe(at)
      expect(await storage.get('c')).toBeUndefined()
    }
    await registry.uninstall('a')
    expect(await contexts[1]?.storage.get('b:c')).toBe(1)
  })

  test('has a quota for each plugin, also for those who store at once', async () => {
    const { storage } = await context(registry)
    const other = await context(registry, 'other')
    const long = 'x'.repeat(60)
    const stored = await Promise.allSettled([storage.set('a', long), storage.set('b', long)])
    expect(stored.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await expect(storage.set('b', long)).rejects.toThrow(
      'wms has room for 100 characters, and with "b" it would need 126.',
    )
    await storage.set('a', `${long}${long.slice(30)}`)
    await other.storage.set('a', long)
    await storage.delete('a')
    await storage.set('b', long)
    expect(failures).toEqual([])
  })

  test('outlives the plugin, but not when it is removed for good', async () => {
    const { storage } = await context(registry)
    await storage.set('key', 1)
    await registry.unregister('wms')
    const again = await context(registry)
    expect(await again.storage.get('key')).toBe(1)
    await registry.uninstall('wms')
    expect(await (await context(registry)).storage.get('key')).toBeUndefined()
  })
})

test('storage says when there is no room in the browser, and when what is there is not its own', async () => {
  const web = area(10)
  const { registry } = shell({ storage: webStorage(web) })
  const { storage } = await context(registry)
  await expect(storage.set('key', 'x'.repeat(20))).rejects.toThrow('"key" of wms could not be stored.')
  web.setItem('framework-m:storage:wms:key', '{')
  await expect(storage.get('key')).rejects.toThrow('is not JSON any more')
  await storage.set('key', 1)
  expect(await storage.get('key')).toBe(1)
})

test.each(['get', 'set', 'delete', 'keys'] as const)(
  'a driver whose `%s` fails is told of as storage',
  async (broken) => {
    const cause = new Error('the server is away')
    const fail = () => {
      throw cause
    }
    const { registry } = shell({ storage: { ...memoryStorage(), [broken]: fail } })
    const { storage } = await context(registry)
    const failing = {
      get: { call: () => storage.get('key'), said: '"key" of wms could not be read.' },
      set: { call: () => storage.set('key', 1), said: '"key" of wms could not be stored.' },
      keys: { call: () => storage.set('key', 1), said: '"key" of wms could not be stored.' },
      delete: { call: () => storage.delete('key'), said: '"key" of wms could not be removed.' },
    }
    const { call, said } = failing[broken]
    const error = await call().catch((error: unknown) => error)
    expect(error).toEqual(new StorageError(said))
    expect(error).toMatchObject({ name: 'StorageError', cause })
  },
)

test('a driver that cannot watch costs no plugin its place: it is reported once', async () => {
  const watch = () => {
    throw new Error('no channel')
  }
  const { registry, failures } = shell({ storage: { ...memoryStorage(), watch } })
  await registry.registerAll([lazy('a'), lazy('b')])
  expect(registry.list().map(({ state }) => state)).toEqual(['registered', 'registered'])
  expect(failures).toEqual(['a failed in settings: no channel'])
  await registry.shutdown()
})

describe('what an abandoned attempt does later', () => {
  const driver = memoryStorage()

  /** A plugin that was switched off while it initialized, at the moment at which it goes on. */
  async function abandoned() {
    const { registry } = shell({ storage: driver })
    const gate = deferred()
    const late = deferred<PluginContext>()
    const initialize = async (given: PluginContext) => {
      await gate.promise
      late.resolve(given)
    }
    const heard = vi.fn()
    registry.events.on('plugin:wms:x', heard)
    const registered = registry.register(eager('wms', { initialize }))
    await vi.waitFor(() => expect(registry.get('wms')?.state).toBe('initializing'))
    await ticks()
    await registry.disable('wms')
    gate.resolve()
    await registered
    return { given: await late.promise, heard }
  }

  test('is heard by nobody, and changes nothing in the storage', async () => {
    driver.set('framework-m:storage:wms:view', '"table"')
    const { given, heard } = await abandoned()
    given.events.emit('x')
    expect(heard).not.toHaveBeenCalled()
    const refused = new StorageError('"view" stays as it is: wms was switched off.')
    await expect(given.storage.set('view', 'list')).rejects.toThrow(refused)
    await expect(given.storage.delete('view')).rejects.toThrow(refused)
    expect(await given.storage.get('view')).toBe('table')
  })

  test('is told from what a plugin does while it is deactivated', async () => {
    const { registry } = shell({ storage: driver })
    const log: string[] = []
    registry.events.on('plugin:wms:closed', () => log.push('closed'))
    let last: PluginContext | undefined
    const deactivate = async (given: PluginContext) => {
      last = given
      given.events.emit('closed')
      await given.storage.set('view', 'draft')
    }
    await registry.register(eager('wms', { deactivate }))
    await registry.disable('wms')
    expect(log).toEqual(['closed'])
    expect(driver.get('framework-m:storage:wms:view')).toBe('"draft"')
    last?.events.emit('closed')
    expect(log).toEqual(['closed'])
    await expect(last?.storage.set('view', 'late')).rejects.toThrow(StorageError)
  })
})

describe('events', () => {
  test('are named after the plugin, and heard by the bare name inside', async () => {
    const { registry } = shell()
    const wms = await context(registry)
    const finance = await context(registry, 'finance')
    const heard: string[] = []
    wms.events.on('saved', (payload) => heard.push(`inside ${payload}`))
    finance.events.on('plugin:wms:saved', (payload) => heard.push(`outside ${payload}`))
    finance.events.on('saved', () => heard.push('wrong'))
    registry.events.on('plugin:wms:saved', (payload) => heard.push(`shell ${payload}`))
    wms.events.emit('saved', 1)
    expect(heard).toEqual(['inside 1', 'outside 1', 'shell 1'])
    expect(() => wms.events.emit('plugin:finance:paid')).toThrow('wms emits in its own namespace')
  })

  test('of plugins whose names begin alike are not taken for each other inside', async () => {
    const { registry } = shell()
    const a = await context(registry, 'a')
    const ab = await context(registry, 'a:b')
    const heard: string[] = []
    a.events.on('b:c', () => heard.push('a'))
    ab.events.on('c', () => heard.push('a:b'))
    registry.events.on('plugin:a:b:c', () => heard.push('shell'))
    a.events.emit('b:c')
    expect(heard).toEqual(['a', 'shell'])
    ab.events.emit('c')
    expect(heard).toEqual(['a', 'shell', 'a:b', 'shell'])
  })

  test('reach everybody when one who listens throws', async () => {
    const { registry, failures } = shell()
    const wms = await context(registry)
    const heard = vi.fn()
    wms.events.on('saved', () => {
      throw new Error('no')
    })
    const stop = wms.events.on('saved', heard)
    wms.events.emit('saved')
    expect(heard).toHaveBeenCalledOnce()
    expect(failures).toEqual(['wms failed in event: no'])
    stop()
    wms.events.emit('saved')
    expect(heard).toHaveBeenCalledOnce()
  })

  test('are not heard any more when the plugin is off', async () => {
    const { registry } = shell()
    const wms = await context(registry)
    const heard = vi.fn()
    wms.events.on('saved', heard)
    await registry.disable('wms')
    registry.events.emit('plugin:wms:saved')
    wms.events.on('saved', heard)
    registry.events.emit('plugin:wms:saved')
    expect(heard).not.toHaveBeenCalled()
    expect(wms.signal.aborted).toBe(true)
  })
})

const circle: { self?: unknown } = {}
circle.self = circle

describe('settings', () => {
  const settings = {
    lowStock: { type: 'number', default: 10 },
    unit: { type: 'string' },
    loud: { type: 'boolean', default: false },
  } as const

  test('have their defaults, and what somebody has chosen', async () => {
    const { registry } = shell()
    const wms = await context(registry, 'wms', { settings })
    expect(wms.settings).toEqual({ lowStock: 10, loud: false })
    const before = registry.settings.get('wms')
    const heard = vi.fn()
    registry.subscribe(heard)
    await registry.settings.set('wms', 'lowStock', 3)
    expect(wms.settings).toEqual({ lowStock: 3, loud: false })
    expect(registry.settings.get('wms')).not.toBe(before)
    expect(registry.settings.get('wms')).toBe(registry.settings.get('wms'))
    expect(heard).toHaveBeenCalled()
    await registry.settings.set('wms', 'lowStock', undefined)
    expect(wms.settings).toEqual(before)
  })

  test.each([
    ['lowStock', '3', 'The setting "lowStock" of wms is a number, and cannot be "3".'],
    ['lowStock', Number.NaN, 'The setting "lowStock" of wms is a number, and cannot be NaN.'],
    ['lowStock', 3n as never, 'The setting "lowStock" of wms is a number, and cannot be 3.'],
    [
      'lowStock',
      circle as never,
      'The setting "lowStock" of wms is a number, and cannot be [object Object].',
    ],
    ['unit', 3, 'is a string'],
    ['loud', 'yes', 'is a boolean'],
    ['lowstock', 3, 'wms has no setting "lowstock".'],
    ['constructor', 3, 'wms has no setting "constructor".'],
  ])('refuse %s = %s', async (name, value, message) => {
    const { registry } = shell()
    await context(registry, 'wms', { settings })
    await expect(registry.settings.set('wms', name, value)).rejects.toThrow(message)
    expect(registry.settings.get('wms')).toEqual({ lowStock: 10, loud: false })
  })

  test('are kept, and read before the plugin starts; what fits no more is the default', async () => {
    const storage = memoryStorage()
    const first = shell({ storage }).registry
    await context(first, 'wms', { settings })
    await first.settings.set('wms', 'lowStock', 3)
    await first.settings.set('wms', 'unit', 'kg')
    const changed = { ...settings, lowStock: { type: 'boolean', default: true } }
    const second = await context(shell({ storage }).registry, 'wms', { settings: changed })
    expect(second.settings).toEqual({ lowStock: true, unit: 'kg', loud: false })
  })

  test('have no default that they could not be set to', async () => {
    const { registry } = shell()
    await registry.register({
      name: 'wms',
      settings: { lowStock: { type: 'number', default: '10' as never } },
    })
    expect(registry.settings.get('wms')).toEqual({})
  })

  test('that cannot be read are reported, and are the defaults', async () => {
    const storage = memoryStorage()
    storage.set('framework-m:settings:wms:lowStock', '{')
    const { registry, failures } = shell({ storage })
    const wms = await context(registry, 'wms', { settings })
    expect(wms.settings).toEqual({ lowStock: 10, loud: false })
    expect(failures).toHaveLength(1)
    expect(failures[0]).toMatch('wms failed in settings: ')
  })

  test('do not share anything with what the plugin stores', async () => {
    const { registry } = shell()
    const wms = await context(registry, 'settings', { settings })
    await wms.storage.set('settings', { lowStock: 99 })
    await registry.settings.set('settings', 'lowStock', 3)
    expect(await wms.storage.get('settings')).toEqual({ lowStock: 99 })
    await registry.uninstall('settings')
    expect((await context(registry, 'settings', { settings })).settings.lowStock).toBe(10)
  })
})

describe('permissions', () => {
  const permissions = [{ resource: 'stock', actions: ['read', 'adjust'], plugin: 'wms' }]

  test('are what the shell says of those that plugins declare', async () => {
    const { registry } = shell({ permissions: (_, action) => action === 'read' })
    const wms = await context(registry, 'wms', { permissions })
    expect(wms.permissions.can('stock', 'read')).toBe(true)
    expect(wms.permissions.can('stock', 'adjust')).toBe(false)
    expect(() => wms.permissions.require('stock', 'read')).not.toThrow()
    expect(() => wms.permissions.require('stock', 'adjust')).toThrow('Permission denied: stock:adjust')
  })

  test('are denied where nobody declares them, and where the shell cannot say', async () => {
    const { registry } = shell({
      permissions: () => {
        throw new Error('no session')
      },
    })
    const wms = await context(registry, 'wms', { permissions })
    expect(wms.permissions.can('stock', 'read')).toBe(false)
    const open = shell().registry
    const { permissions: gate } = await context(open, 'wms', { permissions })
    expect(gate.can('stock', 'read')).toBe(true)
    expect(() => gate.require('stok', 'read')).toThrow('Permission denied: stok:read')
  })

  test('come and go with their plugin, as all else that it brings', async () => {
    const { registry } = shell()
    const may = () => registry.permissions.can('stock', 'read')
    await registry.registerAll([lazy('wms', {}, { permissions }), eager('above', {}, needing('wms'))])
    expect(may()).toBe(true)
    await registry.disable('wms')
    expect(may()).toBe(false)
    await registry.enable('wms')
    expect(may()).toBe(true)
    await registry.unregister('wms')
    expect(may()).toBe(false)
  })

  test('that are not declared as they should cost nobody else theirs', async () => {
    const { registry } = shell()
    await registry.register({ name: 'odd', permissions: [{ resource: 'stock' } as never] })
    await registry.register(lazy('wms', {}, { permissions }))
    expect(registry.permissions.can('stock', 'read')).toBe(true)
  })

  test('refuse a plugin that needs one to start, with the reason', async () => {
    const { registry } = shell({ permissions: () => false })
    const initialize = ({ permissions }: PluginContext) => permissions.require('stock', 'adjust')
    await registry.register(eager('wms', { initialize }, { permissions }))
    expect(registry.getStatus('wms')?.error?.message).toBe(
      'wms failed in initialize: Permission denied: stock:adjust',
    )
  })
})

test('the lines of a plugin carry its name', async () => {
  const { registry } = shell()
  const { logger } = await context(registry)
  logger.warn('low', 3)
  expect(silent.warn).toHaveBeenCalledWith('[wms]', 'low', 3)
  await ticks()
})
