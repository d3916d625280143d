import { useService, useSettings } from '@framework-m/plugin-sdk'

export function StockValue() {
  const value = useService('wms.value')
  const { showCents } = useSettings('finance')
  return <h1>{(value.total() / 100).toFixed(showCents ? 2 : 0)} EUR</h1>
}
