import type { ExtensionPoint } from './extension.js'

/**
 * Returns the extension point that it is given, and says what it hands to the components that fill it:
 * `defineExtensionPoint<{ items: readonly StockItem[] }>({ id: 'wms.stock.toolbar' })`.
 */
export function defineExtensionPoint<Props extends object = Record<never, never>>(
  point: ExtensionPoint<Props>,
): ExtensionPoint<Props> {
  return point
}
