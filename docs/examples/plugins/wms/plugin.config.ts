import { defineExtensionPoint, definePlugin } from '@framework-m/plugin-sdk'
import { everyMinute } from './src/every-minute'
import { type StockItem, StockService } from './src/stock-service'

const stock = '/wms/stock'

export default definePlugin({
  name: 'wms',
  label: 'Warehouse',
  description: 'Stock, and what has to be ordered again.',
  icon: 'boxes',
  modules: [{ name: 'inventory', label: 'Inventory', icon: 'boxes', order: 10 }],
  menu: [
    { name: 'wms.stock', label: 'Stock', route: stock, module: 'Inventory', icon: 'box', order: 1 },
    {
      name: 'wms.adjust',
      label: 'Adjust stock',
      route: '/wms/stock/adjust',
      parent: 'wms.stock',
      when: "user.role in ['clerk', 'admin']",
    },
  ],
  routes: [
    {
      path: stock,
      label: 'Stock',
      component: () => import('./src/pages/StockLayout'),
      children: [
        { index: true, component: () => import('./src/pages/StockList') },
        { path: ':sku', label: 'Item', component: () => import('./src/pages/StockItem') },
      ],
    },
    {
      path: `${stock}/adjust`,
      label: 'Adjust stock',
      component: () => import('./src/pages/AdjustStock'),
      when: "user.role in ['clerk', 'admin']",
    },
  ],
  extensionPoints: [
    defineExtensionPoint<{ items: readonly StockItem[] }>({
      id: 'wms.stock.toolbar',
      description: 'Above the stock list, beside its title',
    }),
  ],
  extensions: [
    {
      id: 'wms.low_stock',
      point: 'header.right',
      component: () => import('./src/LowStock'),
      weight: 10,
      when: 'user != null',
    },
  ],
  services: {
    'wms.stock': () => new StockService(),
    'wms.value': async (services) => {
      const items = (await services.load('wms.stock')) as StockService
      return { total: () => items.all().reduce((sum, { count, price }) => sum + count * price, 0) }
    },
  },
  permissions: [{ resource: 'stock', actions: ['read', 'adjust'], label: 'Stock' }],
  settings: {
    lowStock: { type: 'number', default: 10, label: 'Low stock, in pieces' },
    unit: { type: 'string', default: 'pcs', label: 'Unit' },
    showEmpty: { type: 'boolean', default: true, label: 'Show items that are out of stock' },
  },
  async initialize({ storage, logger }) {
    const visits = Number((await storage.get('visits')) ?? 0) + 1
    await storage.set('visits', visits)
    logger.info(`visit ${visits}`)
  },
  activate({ events, services, settings, signal }) {
    everyMinute(signal, async () => {
      const items = (await services.load('wms.stock')) as StockService
      if (items.all().some(({ count }) => count < Number(settings.lowStock))) events.emit('low')
    })
  },
})
