/** Two tabs of one browser, or two registries on one page, that share where settings are kept. */
import { describe, expect, test, vi } from 'vitest'
import {
  memoryStorage,
  type PluginRegistry,
  type StorageDriver,
  webStorage,
} from '../../npm/plugin-sdk/src/core.js'
import { eager, shell, ticks } from './plugins.js'

/** Web Storage as the tabs of a browser have it: what one changes, the others hear of. */
function browser() {
  const texts = new Map<string, string>()
  const tabs: { window: EventTarget; area: object }[] = []
  const tell = (from: EventTarget, key: string | null) => {
    for (const { window, area: storageArea } of tabs)
      if (window !== from) window.dispatchEvent(Object.assign(new Event('storage'), { key, storageArea }))
  }
  return {
    texts,
    tell,
    tab() {
      const window = new EventTarget()
      const area = {
        get length() {
          return texts.size
        },
        key: (index: number) => [...texts.keys()][index] ?? null,
        getItem: (key: string) => texts.get(key) ?? null,
        setItem(key: string, text: string) {
          texts.set(key, text)
          tell(window, key)
        },
        removeItem(key: string) {
          texts.delete(key)
          tell(window, key)
        },
      }
      tabs.push({ window, area })
      return { window, area, storage: webStorage(area, window) }
    },
  }
}

const settings = {
  lowStock: { type: 'number', default: 10 },
  unit: { type: 'string', default: 'kg' },
} as const
const wms = () => eager('wms', {}, { settings })

async function open(storage: StorageDriver) {
  const made = shell({ storage })
  await made.registry.register(wms())
  return made
}

const both: [string, () => [StorageDriver, StorageDriver]][] = [
  [
    'Web Storage',
    () => {
      const { tab } = browser()
      return [tab().storage, tab().storage]
    },
  ],
  [
    'memory',
    () => {
      const storage = memoryStorage()
      return [storage, storage]
    },
  ],
]

const values = (...registries: PluginRegistry[]) => registries.map(({ settings }) => settings.get('wms'))

describe.each(both)('settings that are kept in %s', (_, drivers) => {
  test('change in both when one changes them, and back', async () => {
    const [one, two] = drivers()
    const [{ registry: here }, { registry: there }] = [await open(one), await open(two)]
    const heard = vi.fn()
    there.subscribe(heard)
    await here.settings.set('wms', 'lowStock', 3)
    await ticks()
    expect(values(here, there)).toEqual(Array(2).fill({ lowStock: 3, unit: 'kg' }))
    expect(heard).toHaveBeenCalled()
    await there.settings.set('wms', 'lowStock', undefined)
    await ticks()
    expect(values(here, there)).toEqual(Array(2).fill({ lowStock: 10, unit: 'kg' }))
  })

  test('are not undone by one who chooses another at the same time', async () => {
    const [one, two] = drivers()
    const [{ registry: here }, { registry: there }] = [await open(one), await open(two)]
    await Promise.all([here.settings.set('wms', 'lowStock', 3), there.settings.set('wms', 'unit', 'lb')])
    await ticks()
    expect(values(here, there)).toEqual(Array(2).fill({ lowStock: 3, unit: 'lb' }))
    expect(values((await open(one)).registry)).toEqual([{ lowStock: 3, unit: 'lb' }])
  })

  test('are at once what was chosen last, however many are chosen at a time', async () => {
    const [one] = drivers()
    const { registry } = await open(one)
    const seen: unknown[] = []
    registry.subscribe(() => seen.push(registry.settings.get('wms')))
    void registry.settings.set('wms', 'lowStock', 3)
    void registry.settings.set('wms', 'unit', 'lb')
    void registry.settings.set('wms', 'lowStock', 4)
    expect(values(registry)).toEqual([{ lowStock: 4, unit: 'lb' }])
    await ticks()
    expect(new Set(seen.map((each) => JSON.stringify(each)))).toEqual(new Set(['{"lowStock":4,"unit":"lb"}']))
  })

  test('are the same object where nothing that they show has changed', async () => {
    const [one, two] = drivers()
    const [{ registry: here }, { registry: there }] = [await open(one), await open(two)]
    const before = there.settings.get('wms')
    await here.settings.set('wms', 'lowStock', 10)
    await ticks()
    expect(there.settings.get('wms')).toBe(before)
  })

  test('are gone in both when the plugin is removed for good in one', async () => {
    const [one, two] = drivers()
    const [{ registry: here }, { registry: there }] = [await open(one), await open(two)]
    await here.settings.set('wms', 'lowStock', 3)
    await here.uninstall('wms')
    await ticks()
    expect(values(there)).toEqual([{ lowStock: 10, unit: 'kg' }])
  })
})

describe('another tab', () => {
  test('that writes what is no value changes nothing but to the default, and is reported', async () => {
    const { tab, texts, tell } = browser()
    const { storage, window } = tab()
    const { registry, failures } = await open(tab().storage)
    await registry.settings.set('wms', 'lowStock', 3)
    texts.set('framework-m:settings:wms:lowStock', '"many"')
    tell(window, 'framework-m:settings:wms:lowStock')
    await ticks()
    expect(values(registry)).toEqual([{ lowStock: 10, unit: 'kg' }])
    expect(failures).toEqual([])
    await storage.set('framework-m:settings:wms:lowStock', '{')
    await ticks()
    expect(values(registry)).toEqual([{ lowStock: 10, unit: 'kg' }])
    expect(failures).toHaveLength(1)
    expect(failures[0]).toMatch('wms failed in settings: ')
  })

  test('that clears everything brings back the defaults', async () => {
    const { tab, texts, tell } = browser()
    const { registry } = await open(tab().storage)
    await registry.settings.set('wms', 'lowStock', 3)
    texts.clear()
    tell(tab().window, null)
    await ticks()
    expect(values(registry)).toEqual([{ lowStock: 10, unit: 'kg' }])
  })

  test('that stores something else disturbs nobody', async () => {
    const { tab } = browser()
    const other = tab()
    const { registry } = await open(tab().storage)
    const heard = vi.fn()
    registry.subscribe(heard)
    await other.storage.set('framework-m:storage:wms:lowStock', '3')
    await other.storage.set('framework-m:settings:wms2:lowStock', '3')
    await other.storage.set('unrelated', '3')
    await ticks()
    expect(heard).not.toHaveBeenCalled()
    expect(values(registry)).toEqual([{ lowStock: 10, unit: 'kg' }])
  })

  test('is not heard of another area, nor any more when no plugin is there', async () => {
    const { tab } = browser()
    const { window, area } = tab()
    const add = vi.spyOn(window, 'addEventListener')
    const remove = vi.spyOn(window, 'removeEventListener')
    const { registry } = await open(webStorage(area, window))
    const heard = vi.fn()
    registry.subscribe(heard)
    const key = 'framework-m:settings:wms:lowStock'
    window.dispatchEvent(Object.assign(new Event('storage'), { key, storageArea: {} }))
    await ticks()
    expect(heard).not.toHaveBeenCalled()
    await registry.shutdown()
    expect(add).toHaveBeenCalledOnce()
    expect(remove).toHaveBeenCalledOnce()
    await registry.register(wms())
    await tab().storage.set(key, '4')
    await ticks()
    expect(values(registry)).toEqual([{ lowStock: 4, unit: 'kg' }])
  })
})
