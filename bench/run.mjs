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

const OPTIONS = {
  quick: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  only: { type: 'string', multiple: true, default: [] },
}

class UnknownScenario extends Error {}

try {
  const { values } = parseArgs({ options: OPTIONS })
  const unknown = values.only.find((name) => !SCENARIOS.includes(name))
  if (unknown)
    throw new UnknownScenario(`there is no scenario “${unknown}”, but there are ${SCENARIOS.join(', ')}`)
  await main(values)
} catch (error) {
  console.error(`✗ ${error.message}`)
  const isUsage = error instanceof UnknownScenario || error.code?.startsWith('ERR_PARSE_ARGS')
  process.exitCode = isUsage ? 2 : 1
}

async function main({ quick, json, only }) {
  const progress = (text) => console.error(`  ${text}`)
  const described = {
    date: new Date().toISOString().slice(0, 10),
    quick,
    subject: subject(),
    machine: machine(),
  }
  install(progress)
  const bench = new Bench({ quick, progress })
  const start = performance.now()
  const scenarios = []
  for (const name of only.length > 0 ? only : SCENARIOS) {
    const scenario = await measured(name, bench)
    scenarios.push(scenario)
    if (!json) print(scenario)
  }
  const { rounds, samples } = bench
  const seconds = Math.round((performance.now() - start) / 1000)
  const report = { ...described, peers: versions(), rounds, seconds, scenarios, samples }
  console.log(json ? JSON.stringify(report, null, 2) : `${seconds} s`)
  if (quick || only.length > 0) return
  writeFileSync(join(import.meta.dirname, '../docs/benchmarks.md'), document(report))
  progress('docs/benchmarks.md is written')
}

async function measured(name, bench) {
  const { id, title, about, measure } = await import(`./scenarios/${name}.mjs`)
  console.error(title)
  bench.scenario = id
  return { id, title, about, ...(await measure(bench)) }
}

function print({ title, tables, bars, skipped }) {
  console.log(`\n${title}\n${'─'.repeat(title.length)}`)
  if (skipped) console.log(`skipped: ${skipped}`)
  for (const table of tables) console.log(`${terminal(table)}\n`)
  for (const bar of bars) console.log(printBar(bar).replaceAll('`', ''))
}
