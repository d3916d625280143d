/** What the native part weighs. */
import { statSync } from 'node:fs'
import { atMost } from '../bars.mjs'
import { megabytes, number, spread } from '../format.mjs'
import { binding } from '../machine.mjs'
import { ours } from '../methods.mjs'

export const id = 'binding'
export const title = 'The binding'
export const about = `Its size as \`npm run build\` leaves it, and how long a fresh process takes to load it: the file alone, and
\`import('@framework-m/composer')\`, which is what people write.`

export async function measure(bench) {
  const input = { binding: binding() }
  const file = ours('the file alone', 'dlopen', input)
  const whole = ours("import('@framework-m/composer')", 'load', input)
  const results = await bench.compete([file, whole], { rounds: bench.quick ? 5 : 15 })
  const { size } = statSync(input.binding)
  return {
    tables: [
      {
        caption: `${megabytes(size)} on disk; loading in a fresh process`,
        columns: ['', 'milliseconds', 'spread'],
        rows: [...results].map(([name, { first }]) => [name, number(first.median), spread(first)]),
      },
    ],
    bars: [
      atMost('size of the binding', 3.5, size / 1e6, 'MB'),
      atMost('loading the binding', 5, results.get(file.name).first.median, 'ms'),
    ],
  }
}
