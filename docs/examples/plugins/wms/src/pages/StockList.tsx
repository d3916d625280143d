import { ExtensionPoint, useService, useSettings } from '@framework-m/plugin-sdk'
import { Link } from 'react-router'

export default function StockList() {
  const stock = useService('wms.stock')
  const { lowStock, unit, showEmpty } = useSettings('wms')
  const items = stock.all().filter(({ count }) => showEmpty || count > 0)
  return (
    <>
      <h1>Stock</h1>
      <ExtensionPoint id="wms.stock.toolbar" context={{ items }} />
      <ul>
        {items.map(({ sku, count }) => (
          <li key={sku}>
            <Link to={`/wms/stock/${sku}`}>{sku}</Link> {count} {unit}{' '}
            {count < lowStock && <strong>low</strong>}
          </li>
        ))}
      </ul>
    </>
  )
}
