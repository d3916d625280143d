/** A network that fails twice, between a page and the checks of plugins that the composer has not seen. */
import { expect, test, vi } from 'vitest'
import { follow } from '../../npm/plugin-sdk/src/core.js'
import { lazy, shell, states } from './plugins.js'

let left = 2
vi.mock('../../npm/plugin-sdk/src/checks.js', async (original) => {
  if (left-- > 0) throw new Error('offline')
  return original()
})

test('checks that did not arrive cost the plugins that need them, and are loaded again', async () => {
  const { registry, failures } = shell()
  const composed = lazy('composed', {}, { composed: true })
  const { ready } = follow(registry, { get: () => [composed, lazy('mine')], subscribe: () => () => {} })
  await registry.listed()
  await ready()
  expect(states(registry)).toEqual({ composed: 'registered' })
  expect(failures).toEqual([expect.stringContaining('mine failed in register: ')])
  await registry.register({ name: 'later' })
  expect(states(registry)).toMatchObject({ composed: 'registered', later: 'active' })
})
