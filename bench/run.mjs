/**
 * `npm run bench [-- --quick] [--json] [--only ID…]`: every scenario, a table each, and what was promised beside it.
 * The full run writes `docs/benchmarks.md`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { print as printBar } from './bars.mjs'
import { Bench } from './bench.mjs'
import { document } from './document.mjs'
import { install, versions } from './installed.mjs'
import { machine, subject } from './machine.mjs'
import { terminal } from './table.mjs'

const SCENARIOS = [
  'compose',
  'discovery',
  'first',
  'cold',
  'edit',
  'growth',
  'files',
  'watching',
  'rivals',
  'build',
  'shell',
  'binding',
]

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
  },
})
for (const name of values.only)
  if (!SCENARIOS.includes(name)) {
    console.error(`There is no scenario “${name}”. There are: ${SCENARIOS.join(', ')}.`)
    process.exit(2)
  }

const progress = (text) => console.error(`  ${text}`)
install(progress)
const bench = new Bench({ quick: values.quick, progress })
const about = { date: new Date().toISOString().slice(0, 10), quick: values.quick, rounds: bench.rounds }
const report = { ...about, subject: subject(), peers: versions(), machine: machine(), scenarios: [] }
const start = performance.now()
for (const name of values.only.length > 0 ? values.only : SCENARIOS) {
  const { id, title, about, measure } = await import(`./scenarios/${name}.mjs`)
  console.error(title)
  bench.scenario = id
  const { tables, bars, skipped } = await measure(bench)
  const scenario = { id, title, about, tables, bars, ...(skipped && { skipped }) }
  report.scenarios.push(scenario)
  if (!values.json) print(scenario)
}
report.seconds = Math.round((performance.now() - start) / 1000)
report.samples = bench.samples

if (values.json) console.log(JSON.stringify(report, null, 2))
else console.log(`${report.seconds} s`)
if (!values.quick && values.only.length === 0) {
  const page = join(import.meta.dirname, '../docs/benchmarks.md')
  writeFileSync(page, document(report))
  progress('docs/benchmarks.md is written')
}

function print({ title, tables, bars, skipped }) {
  console.log(`\n${title}\n${'─'.repeat(title.length)}`)
  if (skipped) console.log(`skipped: ${skipped}`)
  for (const table of tables) console.log(`${terminal(table)}\n`)
  for (const bar of bars) console.log(printBar(bar).replaceAll('`', ''))
}
