import { usePermission, useService } from '@framework-m/plugin-sdk'

export default function AdjustStock() {
  const stock = useService('wms.stock')
  const mayAdjust = usePermission('stock', 'adjust')
  return (
    <button type="button" disabled={!mayAdjust} onClick={() => stock.adjust('A-100', 1)}>
      One more A-100
    </button>
  )
}
