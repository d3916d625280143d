/** What the reader calls static is what Node gets when it really runs the module. */
import { describe, expect, it } from 'vitest'
import { functionModule } from './functions.js'
import { constantModule, hostileModule } from './generate.js'
import { fixtures, judge, type Verdict } from './oracle.js'

const COUNT = Number(process.env.FRAMEWORK_M_ORACLE_CASES ?? 600)
const SEED = Number(process.env.FRAMEWORK_M_ORACLE_SEED ?? 20_261_121)

const wrong = (verdicts: Verdict[]) =>
  verdicts
    .filter(({ wrong, threw }) => threw === null && wrong.length > 0)
    .map(({ name, wrong }) => ({ name, wrong }))

describe('static reading', () => {
  it('is never wrong about a fixture', () => {
    const verdicts = judge(fixtures(), { apart: true })
    expect(verdicts.length).toBeGreaterThan(100)
    expect(wrong(verdicts)).toEqual([])
  }, 400_000)

  it('reads constant modules exactly, and is never wrong about them', () => {
    const cases = Array.from({ length: COUNT }, (_, index) => constantModule(SEED + index))
    const verdicts = judge(cases, { apart: false })
    expect(wrong(verdicts)).toEqual([])
    const ran = verdicts.filter(({ threw }) => threw === null)
    const exact = ran.filter(({ unknown }) => unknown === 0)
    expect(ran.length / verdicts.length).toBeGreaterThan(0.95)
    expect(exact.length / ran.length).toBeGreaterThan(0.98)
  })

  it('is never wrong about modules that change what they declare', () => {
    const cases = Array.from({ length: COUNT }, (_, index) => hostileModule(SEED + index))
    const verdicts = judge(cases, { apart: false })
    expect(wrong(verdicts)).toEqual([])
    expect(verdicts.filter(({ threw }) => threw === null).length / verdicts.length).toBeGreaterThan(0.5)
  })

  it('is never wrong about functions and what they make', () => {
    const cases = Array.from({ length: COUNT }, (_, index) => functionModule(SEED + index))
    const verdicts = judge(cases, { apart: false })
    expect(wrong(verdicts)).toEqual([])
    expect(verdicts.filter(({ threw }) => threw === null).length / verdicts.length).toBeGreaterThan(0.5)
  })
})
