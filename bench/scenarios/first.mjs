/** A small repository, and a process that has done nothing yet: where threads and warming up cost most. */
import { atMost } from '../bars.mjs'
import { number, spread } from '../format.mjs'
import { composed } from './compose.mjs'
import { discovered } from './discovery.mjs'

export const id = 'first'
export const title = 'The first call in a fresh process, 100 packages'
export const about = `What a command or a build waits for in a repository that is not large. Loading is the import of the tool, which the
process pays as well; for us that is the native binding.`

const PACKAGES = 100

export async function measure(bench) {
  const whole = await composed(bench, PACKAGES)
  const discovery = await discovered(bench, PACKAGES)
  const rows = [
    ...row('the whole job', whole, [whole.ours, whole.babel, whole.esbuild]),
    ...row('discovery', discovery, [discovery.ours, ...Object.values(discovery.names)]),
  ]
  const first = ({ results }, name) => results.get(name).first.median
  const hand = discovery.names['hand-written']
  return {
    tables: [
      {
        caption: 'milliseconds',
        columns: ['', 'loading', 'first call', 'both', 'spread of the call'],
        rows,
      },
    ],
    bars: [
      atMost(
        'compose to hand-written JS + Babel, first calls',
        1,
        first(whole, whole.ours) / first(whole, whole.babel),
        '×',
      ),
      atMost(
        'discovery to hand-written JS, first calls',
        1,
        first(discovery, discovery.ours) / first(discovery, hand),
        '×',
      ),
    ],
  }
}

function row(job, { results }, names) {
  return names.map((name) => {
    const { load, first, whole } = results.get(name)
    return [`${job}: ${name}`, ...[load, first, whole].map(({ median }) => number(median)), spread(first)]
  })
}
