/** What is printed: bars, tables, the page. */
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { atLeast, atMost, print } from '../../bench/bars.mjs'
import { document } from '../../bench/document.mjs'
import { number, spread } from '../../bench/format.mjs'
import { clocked } from '../../bench/hooks.mjs'
import { markdown, terminal } from '../../bench/table.mjs'

describe('bars', () => {
  test('are met at the limit, and missed beyond it', () => {
    expect(atMost('a', 2, 2, '×').met).toBe(true)
    expect(atMost('a', 2, 2.01, '×').met).toBe(false)
    expect(atLeast('a', 6, 6, '×').met).toBe(true)
    expect(atLeast('a', 6, 5.99, '×').met).toBe(false)
  })

  test('are never met by what is no number', () => {
    expect(atMost('a', 2, Number.NaN, '×').met).toBe(false)
    expect(atLeast('a', 2, Number.NaN, '×').met).toBe(false)
  })

  test('are printed with what was measured', () => {
    expect(print(atMost('compose', 2, 1.834, '×'))).toBe('✓ compose: 1.83 × (bar ≤ 2 ×)')
    expect(print(atLeast('compose', 6, 5.5, '×'))).toBe('✗ compose: 5.50 × (bar ≥ 6 ×)')
  })
})

test('figures have three digits', () => {
  expect([0.1234, 12.34, 1234.5, 3, Number.NaN].map(number)).toEqual(['0.12', '12.3', '1,235', '3', '–'])
  expect(spread({ median: 20, iqr: 3 })).toBe('15 %')
})

const table = {
  caption: 'Sizes',
  columns: ['', 'a|b'],
  rows: [
    ['`one`', '1'],
    ['three', '10'],
  ],
}

test('tables are aligned in a terminal, and escaped in Markdown', () => {
  expect(terminal(table)).toBe('Sizes\n         a|b\n  one      1\n  three   10')
  expect(markdown(table)).toBe('Sizes:\n\n|  | a\\|b |\n| --- | --: |\n| `one` | 1 |\n| three | 10 |')
})

test('the page has what was missed and what was skipped', () => {
  const bars = [atMost('compose', 2, 9, '×'), atLeast('discovery', 2, 3, '×')]
  const page = document({
    date: '2026-11-21',
    seconds: 600,
    rounds: 7,
    subject: { version: '0.1.0', commit: 'abc', bindingBytes: 3.1e6, vite: '8.3.8' },
    machine: {
      processor: '2 × X',
      memory: '24 GiB',
      system: 'Linux',
      disk: 'ext4',
      node: 'v20',
      load: '0.1',
    },
    peers: { jiti: '2.7.0' },
    scenarios: [
      { title: 'Compose', about: 'All of it.', tables: [table], bars },
      { title: 'Cold', about: 'Nothing read.', tables: [], bars: [], skipped: 'not root' },
    ],
  })
  for (const part of [
    '2 bars, 1 missed',
    '✗ compose: 9 ×',
    'jiti 2.7.0',
    'Skipped: not root.',
    '| three | 10 |',
  ])
    expect(page).toContain(part)
})

describe('the clock around hooks', () => {
  test('counts what runs, once where it overlaps, and gives back what hooks give', async () => {
    const { plugins, clock } = clocked([
      {
        name: 'a',
        api: { kept: true },
        async slow() {
          await wait(60)
          return 'slow'
        },
      },
      [
        {
          name: 'b',
          filtered: {
            order: 'pre',
            handler(this: { id: number }) {
              return this.id
            },
          },
        },
      ],
    ])
    const [a, b] = plugins
    expect(await Promise.all([a.slow(), a.slow()])).toEqual(['slow', 'slow'])
    expect(b.filtered.handler.call({ id: 7 })).toBe(7)
    expect([a.name, a.api, b.filtered.order]).toEqual(['a', { kept: true }, 'pre'])
    expect(clock.elapsed).toBeGreaterThan(50)
    expect(clock.elapsed).toBeLessThan(115)
    expect(clock.called).toBeLessThan(clock.elapsed)
  })

  test('stops where a hook throws', async () => {
    const { plugins, clock } = clocked([
      {
        name: 'a',
        bad() {
          throw new Error('bad')
        },
        async late() {
          throw new Error('late')
        },
      },
    ])
    expect(() => plugins[0].bad()).toThrow('bad')
    await expect(plugins[0].late()).rejects.toThrow('late')
    const { elapsed } = clock
    await wait(20)
    expect(() => plugins[0].bad()).toThrow('bad')
    expect(clock.elapsed - elapsed).toBeLessThan(15)
  })
})
