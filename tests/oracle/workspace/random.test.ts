import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { discover } from './discovery.js'
import { Random } from './random.js'
import { members, type Tool } from './tools.js'
import { type Made, make } from './workspaces.js'

/**
 * Set FRAMEWORK_M_SEED to make other workspaces, FRAMEWORK_M_SCALE to make more of them, and FRAMEWORK_M_KEEP to keep
 * them on disk.
 */
const seed = Number(process.env.FRAMEWORK_M_SEED ?? 20261121)
const scale = Number(process.env.FRAMEWORK_M_SCALE ?? 1)
/** How many workspaces: as many as each tool's own code can answer in some ten seconds. */
const counts: Record<Tool, number> = { pnpm: 300, npm: 300, lerna: 200, 'yarn-classic': 30, 'yarn-berry': 30 }

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-oracle-')))
afterAll(() => process.env.FRAMEWORK_M_KEEP || rmSync(folder, { recursive: true, force: true }))

describe.each(Object.entries(counts) as [Tool, number][])('random workspaces under %s', (tool, count) => {
  const cases: { made: Made; ours: ReturnType<typeof discover>[number] }[] = []

  beforeAll(() => {
    const all = Array.from({ length: count * scale }, (_, index) => {
      return make(new Random(seed * 1000 + index), join(folder, `${tool}-${index}`), tool)
    })
    const ours = discover(all.map((made) => made.root))
    all.forEach((made, index) => {
      cases.push({ made, ours: ours[index] ?? [] })
      made.mend()
    })
  })

  test('the members are those that the tool has', async () => {
    const wrong: unknown[] = []
    let answered = 0
    for (let start = 0; start < cases.length; start += 2) {
      const pair = cases.slice(start, start + 2).map(async ({ made, ours }) => {
        const theirs = await members(tool, made.root, made.patterns).catch(refusal)
        if (!theirs) return
        answered++
        const dirs = ours
          .map((listed) => listed.dir)
          .filter((dir) => dir !== '.')
          .sort()
        const more = dirs.filter((dir) => !theirs.includes(dir))
        const fewer = theirs.filter((dir) => !dirs.includes(dir))
        if (more.length + fewer.length > 0)
          wrong.push({ root: made.root, patterns: made.patterns, more, fewer })
      })
      await Promise.all(pair)
    }
    expect(wrong, `${wrong.length} of ${cases.length} differ; seed ${seed}`).toEqual([])
    expect(answered, 'the tool answers for most').toBeGreaterThan(cases.length / 2)
  })

  test('names, versions and tags are those of the manifests', () => {
    let compared = 0
    for (const { made, ours } of cases) {
      expect(ours[0]?.dir).toBe('.')
      for (const { dir, ...rest } of ours) {
        const written = made.manifests.get(dir)
        if (!written) continue
        expect(rest, dir).toEqual(written)
        compared++
      }
    }
    expect(compared, 'most are where they were written').toBeGreaterThan(cases.length)
  })
})

/** A linked folder appears twice with one name, which some tools refuse whatever the rest is. */
function refusal(error: Error & { stdout?: string }): undefined {
  expect(`${error.message}${error.stdout ?? ''}`).toMatch(
    /Duplicate workspace name|multiple workspaces with the same name|more than one workspace with name/,
  )
}
