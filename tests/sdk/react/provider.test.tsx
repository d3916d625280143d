import { expect, test, vi } from 'vitest'
import type { Plugin } from '../../../npm/plugin-sdk/src/index.js'
import { PluginProvider, usePlugins } from '../../../npm/plugin-sdk/src/index.js'
import { eager, lazy, shell, states } from '../plugins.js'
import { change, render, strict } from './render.js'

function Names() {
  return usePlugins()
    .map(({ name }) => name)
    .join(' ')
}

test('mounting twice, as StrictMode does, registers and starts once', async () => {
  const { registry } = shell()
  const [initialize, registered] = [vi.fn(), vi.spyOn(registry, 'registerAll')]
  const plugins = [eager('wms', { initialize })]
  const screen = await render(
    strict(
      <PluginProvider registry={registry} plugins={plugins}>
        <Names />
      </PluginProvider>,
    ),
  )
  expect(screen.text()).toBe('wms')
  expect(registered.mock.calls.length).toBeGreaterThan(1)
  expect(initialize).toHaveBeenCalledOnce()
  expect(states(registry)).toEqual({ wms: 'active' })
})

test.each([
  ['that the composer has made', lazy('wms', {}, { composed: true })],
  ['that is written by hand', { name: 'wms' }],
])('a plugin %s is there before anything that may look for it is rendered', async (_, plugin) => {
  const { registry } = shell()
  const seen: number[] = []
  const Count = () => {
    seen.push(usePlugins().length)
    return null
  }
  await render(
    <PluginProvider registry={registry} plugins={[plugin]}>
      <Count />
    </PluginProvider>,
  )
  expect(new Set(seen)).toEqual(new Set([1]))
})

test('another list registers what is new, replaces what is other and unregisters what is gone', async () => {
  const { registry } = shell()
  await registry.register(lazy('by hand'))
  const show = (...plugins: Plugin[]) => (
    <PluginProvider registry={registry} plugins={plugins}>
      <Names />
    </PluginProvider>
  )
  const [a, b] = [lazy('a'), lazy('b')]
  const screen = await render(show(a, b))
  expect(screen.text()).toBe('by hand a b')
  await screen.show(show(b, lazy('c')))
  expect(screen.text()).toBe('by hand b c')
  await screen.show(show(lazy('b', {}, { label: 'Other' })))
  expect(screen.text()).toBe('by hand b')
  expect(registry.get('b')?.label).toBe('Other')
})

test('a list that changes by itself is followed until it is unmounted', async () => {
  const { registry } = shell()
  let plugins = [lazy('a')]
  const listeners = new Set<() => void>()
  const source = {
    get: () => plugins,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const update = (...next: typeof plugins) =>
    change(() => {
      plugins = next
      for (const listener of listeners) listener()
    })
  const screen = await render(
    strict(
      <PluginProvider registry={registry} plugins={source}>
        <Names />
      </PluginProvider>,
    ),
  )
  expect(screen.text()).toBe('a')
  expect(listeners.size).toBe(1)
  await update(...plugins, lazy('b'))
  expect(screen.text()).toBe('a b')
  await update()
  expect(screen.text()).toBe('')
  await screen.unmount()
  expect(listeners.size).toBe(0)
})

test('a registry that has its plugins already is shown at once', async () => {
  const { registry } = shell()
  await registry.register(lazy('wms'))
  const screen = await render(
    <PluginProvider registry={registry}>
      <Names />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('wms')
})

test('outside of a provider a hook says what is missing', async () => {
  await expect(render(<Names />)).rejects.toThrow('outside of a <PluginProvider registry={registry}>')
})

test('a plugin that cannot be registered is reported, and the others are there', async () => {
  const { registry, failures } = shell()
  await registry.register(lazy('wms', {}, { version: '1.0.0' }))
  const other = lazy('wms', {}, { version: '2.0.0' })
  const byFile = { name: 'by-file', routes: [{ path: '/a', component: './Page' as const }] }
  const screen = await render(
    <PluginProvider registry={registry} plugins={[other, byFile, lazy('finance')]}>
      <Names />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('wms finance')
  expect(failures).toEqual([
    'wms failed in register: There is a plugin "wms" already: use replace().',
    expect.stringContaining('by-file failed in register: by-file names a component by its file'),
  ])
})
