/** Tools that do for pages what we do for plugins: read them statically, print a module. */
import { count, megabytes, number, ratio, spread } from '../format.mjs'
import { ours, peer } from '../methods.mjs'

export const id = 'rivals'
export const title = 'The nearest rivals'
export const about = `As many items as there are plugins: a page with a label and a menu item each, where ours have four pages and four menu
items in a configuration of 60 lines, and are looked for among five times as many packages. The others look into one folder.
Medusa's plugin reads each page with Babel for each of its modules, of which two are asked for; TanStack's generator formats
and writes the tree of routes; vue-router's writes types, too. All were called as their own bundler plugins call them.`

const OURS = 'Framework M'
const RIVALS = ['medusa', 'tanstack', 'vue-router']

export async function measure(bench) {
  const tables = []
  const sizes = bench.quick ? bench.sizes.slice(0, 1) : bench.sizes
  for (const packages of sizes) {
    const input = bench.workspace(packages)
    const items = input.plugins
    const peers = []
    for (const rival of RIVALS) {
      const { prepare } = await import(`../peers/rivals/${rival}.mjs`)
      peers.push(await peer(`rivals/${rival}`, { folder: prepare(items), items }))
    }
    const results = await bench.compete([ours(OURS, 'items', input), ...peers], {
      rounds: bench.quick ? 1 : 4,
    })
    const us = results.get(OURS)
    tables.push({
      caption: `${count(items)} items; milliseconds`,
      columns: ['', 'loading', 'first call', 'to ours', 'later calls', 'spread', 'to ours', 'peak memory'],
      rows: [...results].map(([name, { load, first, warm, memory }]) => [
        name,
        number(load.median),
        number(first.median),
        ratio(first.median / us.first.median),
        number(warm.median),
        spread(warm),
        ratio(warm.median / us.warm.median),
        megabytes(memory.median),
      ]),
    })
  }
  return { tables, bars: [] }
}
