/**
 * Ranges: the SDK gives the verdicts of `fixtures/ranges`, as the composer does (`tests/ranges.rs`), and they are npm's.
 * `*`, an empty range and the short forms of the protocol of workspaces ask for whatever is there.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import semver from 'semver'
import { expect, test } from 'vitest'
import { mismatch } from '../../npm/plugin-sdk/src/version.js'

type Case = { range: string; version: string | null; is: 'fits' | 'misfit' | 'invalid' }

const file = join(import.meta.dirname, '../../fixtures/ranges/cases.json')
const cases: Case[] = JSON.parse(readFileSync(file, 'utf8'))

function verdict(range: string, version: string | null): Case['is'] {
  const wrong = mismatch('base', range, version ?? undefined)
  if (wrong === '') return 'fits'
  return wrong === `the range "${range}" of base is not valid` ? 'invalid' : 'misfit'
}

test('there are cases of every kind', () => {
  expect(cases.length).toBeGreaterThanOrEqual(300)
  for (const kind of ['fits', 'misfit', 'invalid'])
    expect(cases.filter((each) => each.is === kind).length).toBeGreaterThan(30)
})

test.each(cases)('"$range": $version $is', ({ range, version, is }) => {
  expect(verdict(range, version)).toBe(is)
})

test('what the cases say of ranges alone is what npm says', () => {
  const plain = cases.filter(({ range }) => !/^\s*(workspace:.*|\*?)\s*$/.test(range))
  expect(plain.length).toBeGreaterThan(300)
  for (const { range, version, is } of plain) {
    const isValid = semver.validRange(range) !== null
    const fits = version !== null && semver.satisfies(version, range)
    expect([range, version, isValid ? (fits ? 'fits' : 'misfit') : 'invalid']).toEqual([range, version, is])
  }
})
