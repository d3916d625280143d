/** The same plugin in a dev server: `configureServer` is given a stub, and the callback that it registers is told of an edit of a label. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import medusa from '@medusajs/admin-vite-plugin'
import { median } from '../../statistics.mjs'

export const label = '@medusajs/admin-vite-plugin'
export const once = true
const EDITS = 5

export async function run({ folder, items }) {
  const plugin = (medusa.default ?? medusa)({ sources: [join(folder, 'src/admin')] })
  let changed
  const on = (_, callback) => {
    changed = callback
  }
  const watcher = { add: () => {}, on, close: () => {} }
  const moduleGraph = { getModuleById: (id) => ({ id }) }
  let load = []
  const server = { watcher, moduleGraph, reloadModule: async ({ id }) => void load.push(id) }
  plugin.configureServer(server)
  const file = join(folder, `src/admin/routes/item-${String(items - 1).padStart(4, '0')}/page.tsx`)
  const text = readFileSync(file, 'utf8')
  const times = []
  try {
    for (let edit = 0; edit <= EDITS; edit++) {
      load = []
      writeFileSync(
        file,
        text.replace('The goods of item', `Edit ${edit} of item`).replace(/rank: \d+/, `rank: ${edit}`),
      )
      const start = performance.now()
      await changed('change', file)
      for (const id of load) await plugin.load.call({}, id)
      if (load.length === 0) throw new Error('the edit was not noticed')
      if (edit > 0) times.push(performance.now() - start)
    }
  } finally {
    writeFileSync(file, text)
  }
  return times
}

export const measures = (times) => ({ everything: median(times) })
