/** Everything of the benchmarks that needs no peer, once and small. Nothing is said about time. */
import { beforeAll, describe, expect, test } from 'vitest'
import { application, pagesOf } from '../../bench/application.mjs'
import { binding } from '../../bench/machine.mjs'
import { ours, peer } from '../../bench/methods.mjs'
import { workspace } from '../../bench/recipe.mjs'
import { compete, take } from '../../bench/rounds.mjs'
import { temporary } from './temporary.js'

const folder = temporary()
const plan = { rounds: 1, time: 1 }
let input: { root: string; plugins: number; configs: string[] }

beforeAll(() => {
  input = workspace(20, 'small', folder)
})

describe('ours', () => {
  test('the same composition from a new composer and from one that has composed', async () => {
    const methods = ['compose', 'again', 'objects'].map((module) => ours(module, module, input))
    const results = await compete(methods, plan)
    const { text, files } = results.get('compose')?.measures ?? {}
    expect(text?.median).toBeGreaterThan(1000)
    expect(files?.median).toBeGreaterThan(20)
  })

  test('an edit is seen by who watches and by who asks again', async () => {
    const { measures } = await take(ours('edit', 'edit', { ...input, config: input.configs[2] }))
    expect(Object.keys(measures)).toEqual(['heard', 'busy', 'again'])
  })

  test('watches are counted', async () => {
    const { measures } = await take(ours('watch', 'watch', input))
    if (process.platform === 'linux') expect(measures.watches).toBeGreaterThan(20)
  })

  test('as many items as plugins', async () => {
    const { answer } = await take(ours('items', 'items', input), true)
    expect(answer).toEqual({ items: input.plugins })
  })

  test('the binding is loaded', async () => {
    const methods = [ours('file', 'dlopen', { binding: binding() }), ours('import', 'load', {})]
    const results = await compete(methods, plan)
    for (const { first } of results.values()) expect(first.median).toBeGreaterThan(0)
  })
})

test('an app that is composed and one that is written by hand have the same pages, none of them at once', async () => {
  const app = application(3)
  try {
    const methods = [ours('composed', 'build', app), await peer('by-hand', app)]
    const results = await compete(methods, plan)
    const { hooks, called } = results.get('composed')?.measures ?? {}
    expect(hooks?.median).toBeGreaterThanOrEqual(Number(called?.median) * 0.99)
    const { answer } = await take(methods[0], true)
    expect(answer).toEqual({ pages: pagesOf(3), eager: 0 })
  } finally {
    app.dispose()
  }
})
