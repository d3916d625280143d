import { expect, test } from 'vitest'
import { transition, transitions } from '../../npm/plugin-sdk/src/core.js'

/** The same table as people draw it: a row for each state, a column for each event, `.` where nothing changes. */
const DRAWN = `
              start        succeed fail  block   unblock    disable  enable     reset
registered    initializing .       .     blocked .          disabled .          .
initializing  .            active  error blocked .          disabled .          registered
active        .            .       .     blocked .          disabled .          registered
disabled      .            .       .     .       .          .        registered .
blocked       .            .       .     .       registered disabled .          .
error         initializing .       .     blocked .          disabled registered registered
`
const [head = '', ...rows] = DRAWN.trim().split('\n')
const events = head.trim().split(/\s+/)
const cells = rows.flatMap((row) => {
  const [state = '', ...next] = row.trim().split(/\s+/)
  return next.map((to, at) => [state, events[at] ?? '', to === '.' ? state : to] as const)
})

test.each(cells)('%s, on %s, becomes %s', (state, event, next) => {
  expect(transition(state as never, event as never)).toBe(next)
})

test('the drawing has every state and event of the table', () => {
  const states = Object.keys(transitions)
  const known = new Set(Object.values(transitions).flatMap((row) => Object.keys(row)))
  expect(new Set(cells.map(([state]) => state))).toEqual(new Set(states))
  expect(new Set(events)).toEqual(known)
})

test('every state can be reached, and none is the end', () => {
  const reached = new Set(['registered'])
  for (const state of reached)
    for (const next of Object.values(transitions[state as 'active'])) reached.add(next)
  expect(reached).toEqual(new Set(Object.keys(transitions)))
  for (const row of Object.values(transitions)) expect(Object.keys(row)).not.toEqual([])
})
