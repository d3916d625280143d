import { Suspense, useState } from 'react'
import { expect, test, vi } from 'vitest'
import type { ComposedPlugin, ExtensionNode } from '../../../npm/plugin-sdk/src/core.js'
import { ExtensionPoint, type Failure, PluginProvider, usePlugin } from '../../../npm/plugin-sdk/src/index.js'
import { deferred, eager, lazy, shell } from '../plugins.js'
import { change, counted, module, render, strict } from './render.js'

type Part = Partial<ExtensionNode> & Pick<ExtensionNode, 'component'>

/** A plugin that fills the point `p`. */
const filling = (plugin: string, part: Part, data: Partial<ComposedPlugin> = {}, hooks = {}) =>
  lazy(plugin, hooks, {
    extensions: [{ id: `${plugin}.x`, point: 'p', weight: 0, plugin, ...part }],
    ...data,
  })

/** A fallback that tries again when it is clicked. */
const again = ({ retry }: Failure) => (
  <button type="button" onClick={retry}>
    again
  </button>
)
const text = (value: string) => module(() => <b>{value}</b>)
const broken = (message: string) =>
  module(() => {
    throw new Error(message)
  })

test('extensions stand in their order, and follow their conditions', async () => {
  const { registry } = shell()
  await registry.registerAll([
    filling('a', { component: text('a'), weight: 2 }),
    filling('b', { component: text('b'), weight: 1 }),
    filling('c', { component: text('c'), when: "user.role == 'clerk' && low" }),
  ])
  const show = (role: string, low: boolean) => (
    <PluginProvider registry={registry} context={{ user: { role } }}>
      <ExtensionPoint id="p" context={{ low }} />
    </PluginProvider>
  )
  const screen = await render(show('guest', true))
  expect(screen.text()).toBe('ba')
  await screen.show(show('clerk', true))
  expect(screen.text()).toBe('cba')
  await screen.show(show('clerk', false))
  expect(screen.text()).toBe('ba')
  await change(() => registry.disable('b'))
  expect(screen.text()).toBe('a')
})

test('the values of a point are the props of what fills it', async () => {
  const { registry } = shell()
  await registry.register(
    filling('a', { component: module(({ sku }: { sku: string }) => <b>{sku.toUpperCase()}</b>) }),
  )
  const screen = await render(
    <PluginProvider registry={registry}>
      <ExtensionPoint id="p" context={{ sku: 'k-1' }} />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('K-1')
})

test('an empty point shows its children', async () => {
  const { registry } = shell()
  const screen = await render(
    <PluginProvider registry={registry}>
      <ExtensionPoint id="p">Nothing yet</ExtensionPoint>
    </PluginProvider>,
  )
  expect(screen.text()).toBe('Nothing yet')
  await change(() => registry.register(filling('a', { component: text('a') })))
  expect(screen.text()).toBe('a')
})

test('one that crashes costs itself: the fallback stands there, it is reported once, and its siblings stay', async () => {
  const { registry, failures } = shell()
  await registry.registerAll([
    filling('a', { component: text('a') }),
    filling('b', { component: broken('no stock') }),
    filling('c', { component: text('c') }),
  ])
  const screen = await render(
    strict(
      <PluginProvider registry={registry}>
        <ExtensionPoint
          id="p"
          fallback={({ plugin, part, error }) => `[${plugin} ${part}: ${(error as Error).message}]`}
        />
      </PluginProvider>,
    ),
  )
  expect(screen.text()).toBe('a[b b.x: no stock]c')
  expect(failures).toEqual(['b failed in render of b.x: no stock'])
})

test('where the shell says nothing, a line names what has failed; null says nothing', async () => {
  const { registry } = shell()
  await registry.register(filling('b', { component: broken('no') }))
  const screen = await render(
    <PluginProvider registry={registry}>
      <ExtensionPoint id="p" />
    </PluginProvider>,
  )
  expect(screen.element.querySelector('[role=alert]')?.textContent).toBe('b.x of b failed')
  await screen.show(
    <PluginProvider registry={registry} fallback={null}>
      <ExtensionPoint id="p" />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('')
})

test('a crash in an effect, or later, is the same', async () => {
  const { registry, failures } = shell()
  const Later = () => {
    const [clicked, click] = useState(false)
    if (clicked) throw new Error('clicked')
    return (
      <button type="button" onClick={() => click(true)}>
        break
      </button>
    )
  }
  await registry.registerAll([
    filling('a', { component: text('a') }),
    filling('b', { component: module(Later) }),
  ])
  const screen = await render(
    <PluginProvider registry={registry} fallback={again}>
      <ExtensionPoint id="p" />
    </PluginProvider>,
  )
  await screen.click('break')
  expect(screen.text()).toBe('aagain')
  await screen.click('again')
  expect(screen.text()).toBe('abreak')
  expect(failures).toEqual(['b failed in render of b.x: clicked'])
})

test('an error in an event handler is the browser’s, and takes nothing away', async () => {
  const { registry, failures } = shell()
  const uncaught = vi.fn((event: ErrorEvent) => event.preventDefault())
  window.addEventListener('error', uncaught, { once: true, capture: true })
  const Click = () => (
    <button
      type="button"
      onClick={() => {
        throw new Error('clicked')
      }}
    >
      break
    </button>
  )
  await registry.register(filling('b', { component: module(Click) }))
  const screen = await render(
    <PluginProvider registry={registry}>
      <ExtensionPoint id="p" />
    </PluginProvider>,
  )
  await screen.click('break')
  expect(screen.text()).toBe('break')
  expect(failures).toEqual([])
})

test('code that could not be loaded is loaded again by a retry', async () => {
  const { registry, failures } = shell()
  const component = vi.fn(text('a'))
  component.mockRejectedValueOnce(new Error('404'))
  await registry.register(filling('a', { component }))
  const screen = await render(
    <PluginProvider registry={registry} fallback={again}>
      <ExtensionPoint id="p" />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('again')
  expect(failures).toEqual(['a failed in render of a.x: 404'])
  await screen.click('again')
  expect(screen.text()).toBe('a')
  expect(component).toHaveBeenCalledTimes(2)
})

test('a plugin whose own code fails is reported by the registry alone, and starts again by a retry', async () => {
  const { registry, failures } = shell()
  const load = vi.fn(async () => ({ default: {} }))
  load.mockRejectedValueOnce(new Error('404'))
  await registry.register({ ...filling('a', { component: text('a') }), load })
  const screen = await render(
    <PluginProvider registry={registry} fallback={again}>
      <ExtensionPoint id="p" />
      <ExtensionPoint id="p" />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('againagain')
  expect(failures).toEqual(['a failed in load: 404'])
  await screen.click('again')
  expect(screen.text()).toBe('aagain')
})

test('one that never arrives keeps nobody waiting', async () => {
  const { registry } = shell()
  await registry.registerAll([
    filling('a', { component: text('a') }),
    filling('b', { component: () => new Promise(() => {}) }),
  ])
  const screen = await render(
    <PluginProvider registry={registry}>
      <Suspense fallback="the whole page waits">
        <ExtensionPoint id="p" loading="…" />
      </Suspense>
    </PluginProvider>,
  )
  expect(screen.text()).toBe('a…')
})

test('however many show it, its plugin is loaded and started once', async () => {
  const { registry } = shell()
  const gate = deferred()
  const initialize = vi.fn(() => gate.promise)
  const plugin = filling('a', { component: text('a') }, {}, { initialize })
  await registry.register(plugin)
  const screen = await render(
    strict(
      <PluginProvider registry={registry}>
        {Array.from({ length: 20 }, (_, at) => (
          <ExtensionPoint key={at} id="p" />
        ))}
      </PluginProvider>,
    ),
  )
  expect(screen.text()).toBe('')
  await change(gate.resolve)
  expect(screen.text()).toBe('a'.repeat(20))
  expect([plugin.load.mock.calls.length, initialize.mock.calls.length]).toEqual([1, 1])
})

test('what comes and goes beside an extension does not render it, nor does a parent that says the same', async () => {
  const { registry } = shell()
  const Extension = counted(() => 'a')
  await registry.register(filling('a', { component: module(Extension) }))
  const show = (value: number) => (
    <PluginProvider registry={registry}>
      <ExtensionPoint id="p" context={{ value }} />
    </PluginProvider>
  )
  const screen = await render(show(1))
  Extension.counter.renders = 0
  await change(() => registry.register(filling('b', { component: text('b') })))
  await screen.show(show(1))
  expect(screen.text()).toBe('ab')
  expect(Extension.counter.renders).toBe(0)
  await screen.show(show(2))
  expect(Extension.counter.renders).toBe(1)
})

test('other code takes the place of code that has failed', async () => {
  const { registry } = shell()
  const plugin = filling('a', { component: broken('no') })
  await registry.register(plugin)
  const screen = await render(
    <PluginProvider registry={registry} fallback="failed">
      <ExtensionPoint id="p" />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('failed')
  await change(() => registry.replace({ ...plugin, ...filling('a', { component: text('mended') }) }))
  expect(screen.text()).toBe('mended')
})

test('an extension knows which plugin it is of, wherever it stands', async () => {
  const { registry } = shell()
  const Own = () => usePlugin()?.name
  await registry.registerAll([
    filling('inner', { component: module(Own) }),
    eager(
      'outer',
      {},
      {
        extensions: [
          {
            ...{ id: 'outer.x', point: 'q', weight: 0, plugin: 'outer' },
            component: module(() => (
              <>
                <Own /> holds <ExtensionPoint id="p" />
              </>
            )),
          },
        ],
      },
    ),
  ])
  const screen = await render(
    <PluginProvider registry={registry}>
      <ExtensionPoint id="q" />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('outer holds inner')
})

test('a module without a component says so', async () => {
  const { registry, failures } = shell()
  await registry.register(filling('a', { component: async () => ({ default: undefined }) }))
  await render(
    <PluginProvider registry={registry}>
      <ExtensionPoint id="p" />
    </PluginProvider>,
  )
  expect(failures).toEqual(['a failed in render of a.x: its module has no component as its default export'])
})
