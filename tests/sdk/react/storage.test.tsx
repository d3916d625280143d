import { afterEach, expect, test, vi } from 'vitest'
import { type PluginContext, PluginRegistry } from '../../../npm/plugin-sdk/src/index.js'

afterEach(() => {
  vi.restoreAllMocks()
  localStorage.clear()
})

/** The context of a plugin in a page that was just opened, whose shell says nothing of storage. */
async function opened() {
  const registry = new PluginRegistry({ app: { version: '1.0.0' } })
  let context!: PluginContext
  await registry.register({
    name: 'wms',
    settings: { lowStock: { type: 'number', default: 10 } },
    activate(given) {
      context = given
    },
  })
  return { registry, context }
}

test('what a plugin stores, and what is chosen of its settings, outlives a visit', async () => {
  const { registry, context } = await opened()
  await context.storage.set('view', { columns: ['sku'] })
  await registry.settings.set('wms', 'lowStock', 5)
  const { storage, settings } = (await opened()).context
  expect(await storage.get('view')).toEqual({ columns: ['sku'] })
  expect(settings.lowStock).toBe(5)
})

test('in a browser that is told to keep nothing it lasts as long as the page', async () => {
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('The document is sandboxed', 'SecurityError')
  })
  const { registry, context } = await opened()
  await context.storage.set('view', 'table')
  await registry.settings.set('wms', 'lowStock', 5)
  expect(await context.storage.get('view')).toBe('table')
  expect(context.settings.lowStock).toBe(5)
})
