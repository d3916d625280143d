/** No time counts for a method that found something else, or nothing. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { ours, peer } from '../../bench/methods.mjs'
import { workspace } from '../../bench/recipe.mjs'
import { compete } from '../../bench/rounds.mjs'
import { temporary } from './temporary.js'

const folder = temporary()
const bench = join(import.meta.dirname, '../../bench')
const plan = { rounds: 1, time: 1 }
let input: object

beforeAll(() => {
  input = workspace(20, 'small', folder)
})

/** A method whose module has this text. */
function method(name: string, text: string) {
  const file = join(folder, `${name}.mjs`)
  writeFileSync(file, text)
  return { name, file, input }
}

/** The hand-written finder, with something done to what it found. */
const spoiled = (name: string, change: string) =>
  method(
    name,
    `import { answer as list, run as find } from '${bench}/peers/discovery/hand-written.mjs'
export const run = (input) => find(input)${change}
export const answer = (found) => list(found)\n`,
  )

test('methods that found the same are timed', async () => {
  const us = ours('us', 'packages', input)
  const hand = await peer('discovery/hand-written', input)
  const results = await compete([us, hand], plan)
  expect([...results.keys()]).toEqual(['us', hand.name])
  for (const { first, warm, memory } of results.values()) {
    expect(first.samples).toBe(1)
    expect(first.median).toBeGreaterThan(0)
    expect(warm?.median).toBeGreaterThan(0)
    expect(memory.median).toBeGreaterThan(10e6)
  }
})

test('who misses a package ends the run', async () => {
  const run = compete([ours('us', 'packages', input), spoiled('hasty', '.slice(1)')], plan)
  await expect(run).rejects.toThrow(/“us” and “hasty” did not find the same: dirs/)
})

test('who reads a tag differently ends the run', async () => {
  const change = `.map((item) => (item.tag ? { ...item, tag: { plugin: './other.js' } } : item))`
  const run = compete([ours('us', 'packages', input), spoiled('careless', change)], plan)
  await expect(run).rejects.toThrow(/“us” and “careless” did not find the same: tags\.0\.1\.plugin is/)
})

test('a method that throws is named, with what it said', async () => {
  const broken = method('broken', `export const run = () => { throw new Error('no such thing') }\n`)
  await expect(compete([broken], plan)).rejects.toThrow(/“broken” failed: [\s\S]*no such thing/)
})

test('without a check answers are not asked for', async () => {
  const silent = method(
    'silent',
    `export const run = () => 1
export const answer = () => { throw new Error('asked') }\n`,
  )
  await expect(compete([silent], plan)).rejects.toThrow('asked')
  await expect(compete([silent], { ...plan, check: false })).resolves.toHaveProperty('size', 1)
})
