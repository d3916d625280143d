/** What it takes to hear of changes. */
import { atMost } from '../bars.mjs'
import { count, megabytes, number } from '../format.mjs'
import { ours, peer } from '../methods.mjs'

export const id = 'watching'
export const title = 'Watching'
export const about = `From the call until the watcher is ready, on the same tree. chokidar watches the tree without \`node_modules\`, as Vite has
it; or, by somebody who knows every file that counts, only those: it then hears of no new package. Ours watches folders:
those that a pattern lists, and those in which something was looked for. \`watch()\` returns when it has composed, and the rest
happens on a thread of its own; “ready” includes 25 ms for which a burst of events has to be quiet. Watches are the kernel's
(\`max_user_watches\` limits them), memory is what the process grew by.`

export async function measure(bench) {
  const tables = []
  const bars = []
  for (const packages of bench.sizes.filter((size) => size >= 1000)) {
    const input = bench.workspace(packages)
    const us = ours('Framework M', 'watch', input)
    const whole = await peer('watching/chokidar', input, { rounds: packages > 1000 ? 1 : 2 })
    const results = await bench.compete([us, whole, await peer('watching/chokidar-files', input)])
    const { files, dirs } = (await bench.take(ours('', 'compose', input, { once: true }))).measures
    tables.push(table(packages, results, us.name))
    const { watches, returns } = results.get(us.name).measures
    const at = `${count(packages)} packages`
    bars.push(
      atMost(`watches, ${at}, to what was listed and read`, 1, watches.median / (files + dirs), '×'),
      atMost(
        `\`watch()\` returns, ${at}, to chokidar's start`,
        1,
        returns.median / results.get(whole.name).first.median,
        '×',
      ),
    )
  }
  return { tables, bars }
}

function table(packages, results, us) {
  const rows = [...results].map(([name, { first, measures }]) => [
    name,
    name === us ? number(measures.returns.median) : '–',
    number(first.median),
    count(measures.watches.median),
    megabytes(measures.rss.median),
  ])
  return {
    caption: `${count(packages)} packages`,
    columns: ['', 'returns, ms', 'ready, ms', 'watches', 'memory'],
    rows,
  }
}
