import { useService } from '@framework-m/plugin-sdk'
import { useParams } from 'react-router'

export default function StockItem() {
  const { sku = '' } = useParams()
  const item = useService('wms.stock').find(sku)
  return <h1>{item ? `${item.count} of ${sku}` : `There is no ${sku}`}</h1>
}
