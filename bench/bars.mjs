/** What was promised, beside what was measured. */
import { number } from './format.mjs'

/** A bar that is met by at most this value. */
export const atMost = (what, limit, value, unit) => bar(what, '≤', limit, value, unit, value <= limit)

/** A bar that is met by at least this value. */
export const atLeast = (what, limit, value, unit) => bar(what, '≥', limit, value, unit, value >= limit)

function bar(what, sign, limit, value, unit, met) {
  return { what, sign, limit, value, unit, met }
}

/** One line: `✓ compose, 1,000 packages, to the floor: 1.8 × (bar ≤ 2 ×)`. */
export function print({ what, sign, limit, value, unit, met }) {
  const of = (figure) => `${figure} ${unit}`.trimEnd()
  return `${met ? '✓' : '✗'} ${what}: ${of(number(value))} (bar ${sign} ${of(limit.toLocaleString('en-US'))})`
}
