/** Scenarios are found by their names, and say what they do. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../bench/scenarios')

test.each(readdirSync(folder))('%s', async (file) => {
  const { id, title, about, measure } = await import(join(folder, file))
  expect(`${id}.mjs`).toBe(file)
  expect(title).not.toBe('')
  expect(about.length).toBeGreaterThan(100)
  expect(measure).toBeTypeOf('function')
})
