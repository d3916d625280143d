import type { ExtensionProps } from '@framework-m/plugin-sdk'

export default function ItemCount({ items }: ExtensionProps<'wms.stock.toolbar'>) {
  return <output>{items.length} items</output>
}
