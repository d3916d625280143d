/** A machine that has read nothing yet: a CI job after its checkout was restored, a laptop in the morning. */
import { execFileSync } from 'node:child_process'
import { accessSync, constants, writeFileSync } from 'node:fs'
import { atMost } from '../bars.mjs'
import { count, number, ratio, spread } from '../format.mjs'
import { ours, peer } from '../methods.mjs'

export const id = 'cold'
export const title = 'Cold cache'
export const about = `Before every sample the kernel's caches of files and folders are dropped (\`drop_caches\`), which takes root on Linux. What
is left is the disk, for all alike: here a native tool wins little, and whoever asks the disk for less wins more.`

const DROP = '/proc/sys/vm/drop_caches'

export async function measure(bench) {
  if (!mayDrop()) return { tables: [], bars: [], skipped: `${DROP} cannot be written: run as root on Linux` }
  const tables = []
  const bars = []
  for (const packages of bench.sizes.filter((size) => size >= 1000)) {
    const input = bench.workspace(packages)
    const us = ours('Framework M, the whole job', 'compose', input, { once: true })
    const hand = named(await peer('discovery/hand-written', input, { once: true }), 'discovery alone')
    // Two jobs in one table, whose answers differ; each was checked in its own scenario.
    const results = await bench.compete(
      [
        us,
        named(await peer('whole/babel', input, { once: true }), 'the whole job'),
        named(ours('Framework M', 'packages', input, { once: true }), 'discovery alone'),
        hand,
        named(await peer('discovery/tinyglobby', input, { once: true }), 'discovery alone'),
      ],
      { check: false, rounds: Math.min(bench.rounds, 5), before: drop },
    )
    tables.push(table(packages, results, us.name))
    const first = ({ name }) => results.get(name).first.median
    bars.push(
      atMost(
        `compose to hand-written discovery alone, cold, ${count(packages)} packages`,
        1,
        first(us) / first(hand),
        '×',
      ),
    )
  }
  return { tables, bars }
}

const named = (method, job) => ({ ...method, name: `${method.name}, ${job}` })

function table(packages, results, us) {
  const base = results.get(us).first.median
  return {
    caption: `${count(packages)} packages, first call, milliseconds`,
    columns: ['', 'first call', 'spread', 'to ours'],
    rows: [...results].map(([name, { first }]) => [
      name,
      number(first.median),
      spread(first),
      ratio(first.median / base),
    ]),
  }
}

function mayDrop() {
  try {
    accessSync(DROP, constants.W_OK)
    drop()
    return true
  } catch {
    return false
  }
}

function drop() {
  // Only what is written already can be dropped.
  execFileSync('sync')
  writeFileSync(DROP, '3\n')
}
