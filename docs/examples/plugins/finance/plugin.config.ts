import type { FrameworkMPlugin } from '@framework-m/plugin-sdk'
import { StockValue } from './src/StockValue'

export default {
  label: 'Finance',
  dependencies: { wms: '^1.0.0' },
  menu: [
    {
      name: 'finance.stock_value',
      label: 'Stock value',
      route: '/finance/stock-value',
      module: 'Inventory',
      after: 'wms.stock',
    },
  ],
  routes: [{ path: '/finance/stock-value', label: 'Stock value', component: StockValue }],
  extensions: [
    {
      id: 'finance.count',
      point: 'wms.stock.toolbar',
      component: () => import('./src/ItemCount'),
    },
  ],
  settings: {
    showCents: { type: 'boolean', default: true, label: 'Show cents' },
  },
} satisfies FrameworkMPlugin
