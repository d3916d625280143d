/** How time and memory grow with the workspace. */
import { atMost } from '../bars.mjs'
import { count, megabytes, number } from '../format.mjs'
import { composed } from './compose.mjs'

export const id = 'growth'
export const title = 'Growth, and peak memory'
export const about = `The samples of “the whole job” once more, divided by the number of packages. Memory is the peak of the resident set after
the first call, of the whole process: Node itself, what was loaded, and what the job took. “Before the call” is what the same
process had before.`

/** In a large workspace a package may take this many times what it takes in a small one: caches are small. */
const LINEAR = 1.3

export async function measure(bench) {
  const found = []
  for (const packages of bench.sizes) found.push(await composed(bench, packages))
  const each = ({ packages, results, ours }) => results.get(ours).warm.median / packages
  const [smaller, larger] = found.slice(-2)
  return {
    tables: [growth(found, each), ...found.map(memory)],
    bars: [
      atMost(
        `time a package, ${count(larger.packages)} to ${count(smaller.packages)} packages`,
        LINEAR,
        each(larger) / each(smaller),
        '×',
      ),
    ],
  }
}

function growth(found, each) {
  return {
    caption: 'Framework M, later calls',
    columns: ['packages', 'milliseconds', 'microseconds a package', 'text, KB'],
    rows: found.map((size) => {
      const { warm, measures } = size.results.get(size.ours)
      return [
        count(size.packages),
        number(warm.median),
        number(each(size) * 1000),
        number(measures.text.median / 1000),
      ]
    }),
  }
}

function memory({ packages, results, ours, babel, esbuild, jiti }) {
  const names = [ours, babel, esbuild, jiti].filter((name) => results.has(name))
  return {
    caption: `Peak memory, ${count(packages)} packages`,
    columns: ['', 'before the call', 'peak', 'the call'],
    rows: names.map((name) => {
      const { base, memory } = results.get(name)
      return [name, megabytes(base.median), megabytes(memory.median), megabytes(memory.median - base.median)]
    }),
  }
}
