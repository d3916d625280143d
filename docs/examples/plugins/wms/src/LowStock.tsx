import { useService, useSettings } from '@framework-m/plugin-sdk'

export default function LowStock() {
  const { lowStock } = useSettings('wms')
  const low = useService('wms.stock')
    .all()
    .filter(({ count }) => count < lowStock)
  return <span>{low.length} low</span>
}
