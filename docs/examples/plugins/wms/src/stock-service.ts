export interface StockItem {
  sku: string
  /** Pieces. */
  count: number
  /** Cents a piece. */
  price: number
}

export class StockService {
  #items: readonly StockItem[] = [
    { sku: 'A-100', count: 4, price: 1250 },
    { sku: 'B-200', count: 40, price: 300 },
  ]

  all(): readonly StockItem[] {
    return this.#items
  }

  find(sku: string): StockItem | undefined {
    return this.#items.find((item) => item.sku === sku)
  }

  adjust(sku: string, by: number): void {
    this.#items = this.#items.map((item) => (item.sku === sku ? { ...item, count: item.count + by } : item))
  }
}
