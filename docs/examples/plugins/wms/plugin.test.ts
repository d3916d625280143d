import { PluginRegistry } from '@framework-m/plugin-sdk/core'
import { expect, test } from 'vitest'
import plugin from './plugin.config'
import type { StockService } from './src/stock-service'

test('the menu leads to pages that are there', async () => {
  const registry = new PluginRegistry({ context: { user: { role: 'clerk' } } })
  expect(await registry.register(plugin)).toMatchObject({ state: 'active' })
  const [inventory] = registry.getMenu()
  expect(inventory?.children?.map(({ label }) => label)).toEqual(['Stock'])
  for (const { component } of registry.getRoutes())
    expect(await component?.()).toMatchObject({ default: expect.any(Function) })
})

test('a guest cannot adjust the stock', async () => {
  const registry = new PluginRegistry({ permissions: (_, action) => action === 'read' })
  await registry.register(plugin)
  expect(registry.getRoutes().map(({ path }) => path)).toEqual(['/wms/stock'])
  expect(() => registry.permissions.require('stock', 'adjust')).toThrow('Permission denied: stock:adjust')
})

test('says so when something is low', async () => {
  const registry = new PluginRegistry()
  const low = new Promise((resolve) => registry.events.on('plugin:wms:low', resolve))
  await registry.register(plugin)
  await low
  const stock = (await registry.services.load('wms.stock')) as StockService
  expect(stock.find('A-100')?.count).toBe(4)
  await registry.shutdown()
})
