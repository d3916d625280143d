import { Component, type ReactNode, Suspense } from 'react'
import { MemoryRouter, useSearchParams } from 'react-router'
import { expect, test, vi } from 'vitest'
import type { ComposedPlugin } from '../../../npm/plugin-sdk/src/core.js'
import {
  ExtensionPoint,
  PluginBoundary,
  PluginProvider,
  type PluginRegistry,
  PluginRoutes,
  transient,
  useService,
} from '../../../npm/plugin-sdk/src/index.js'
import { deferred, lazy, needing, shell } from '../plugins.js'
import { change, counted, module, render, strict } from './render.js'

const providing = (name: string, services: ComposedPlugin['services'], data: Partial<ComposedPlugin> = {}) =>
  lazy(name, {}, { services: services as NonNullable<typeof services>, ...data })

type Stock = { readonly left: number }
const Left = () => (useService('wms.stock') as Stock).left
const Again = ({ registry, children }: { registry: PluginRegistry; children: React.ReactNode }) => (
  <PluginProvider
    registry={registry}
    fallback={({ error, retry }) => (
      <button type="button" onClick={retry}>
        {(error as Error).message}
      </button>
    )}
  >
    <PluginBoundary plugin="wms" part="test" loading="…">
      {children}
    </PluginBoundary>
  </PluginProvider>
)

test('a component waits for a service: its plugin is loaded and started once, its factory called once', async () => {
  const { registry } = shell()
  const gate = deferred<Stock>()
  const factory = vi.fn(() => gate.promise)
  const plugin = providing('wms', { 'wms.stock': async () => factory })
  await registry.register(plugin)
  const screen = await render(
    strict(
      <Again registry={registry}>
        <Left />
        <Left />
      </Again>,
    ),
  )
  expect(screen.text()).toBe('…')
  await change(() => gate.resolve({ left: 4 }))
  expect(screen.text()).toBe('44')
  expect([plugin.load.mock.calls.length, factory.mock.calls.length]).toEqual([1, 1])
})

test('a service that is there already needs no waiting', async () => {
  const { registry } = shell()
  registry.services.provide('wms.stock', () => ({ left: 1 }))
  const Counted = counted(Left)
  const screen = await render(
    <PluginProvider registry={registry}>
      <Counted />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('1')
  expect(Counted.counter.renders).toBe(1)
})

test('one that nobody provides is an error that names it; an optional one is undefined until it comes', async () => {
  const { registry } = shell()
  const Optional = () => (useService('wms.stock', { optional: true }) as Stock | undefined)?.left ?? 'none'
  const screen = await render(
    <Again registry={registry}>
      <Optional />
    </Again>,
  )
  expect(screen.text()).toBe('none')
  await change(() => registry.register(providing('wms', { 'wms.stock': async () => () => ({ left: 2 }) })))
  expect(screen.text()).toBe('2')
  await change(() => registry.disable('wms'))
  expect(screen.text()).toBe('none')
  await expect(
    render(
      <PluginProvider registry={registry}>
        <Left />
      </PluginProvider>,
    ),
  ).rejects.toThrow('Nobody provides the service "wms.stock"')
})

test('a factory that fails is asked again by a retry, and not before', async () => {
  const { registry, failures } = shell()
  const factory = vi.fn(async () => ({ left: 3 }))
  factory.mockRejectedValueOnce(new Error('no stock'))
  await registry.register(providing('wms', { 'wms.stock': async () => factory }))
  const screen = await render(
    <Again registry={registry}>
      <Left />
    </Again>,
  )
  const failure = 'wms failed in service of wms.stock: no stock'
  expect(screen.text()).toBe(failure)
  expect(factory).toHaveBeenCalledOnce()
  expect(failures).toEqual([failure])
  await screen.click(failure)
  expect(screen.text()).toBe('3')
})

test('other code of a plugin gives those who use its service the new one', async () => {
  const { registry } = shell()
  const plugin = (left: number) => providing('wms', { 'wms.stock': async () => () => ({ left }) })
  await registry.register(plugin(1))
  const screen = await render(
    <Again registry={registry}>
      <Left />
    </Again>,
  )
  expect(screen.text()).toBe('1')
  await change(() => registry.replace(plugin(2)))
  expect(screen.text()).toBe('2')
})

test('a part of a plugin reaches the services of what that plugin depends on, and no others', async () => {
  const { registry, failures } = shell()
  const component = module(Left)
  const extension = (plugin: string) => [{ id: `${plugin}.left`, point: 'p', weight: 0, plugin, component }]
  await registry.registerAll([
    providing('wms', { 'wms.stock': async () => () => ({ left: 7 }) }),
    lazy('finance', {}, { ...needing('wms'), extensions: extension('finance') }),
    lazy('stranger', {}, { extensions: extension('stranger') }),
  ])
  const screen = await render(
    <PluginProvider registry={registry} fallback="[denied]">
      <ExtensionPoint id="p" />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('7[denied]')
  expect(failures).toEqual([
    'stranger failed in render of stranger.left: The service "wms.stock" is of wms, which stranger has to name in its dependencies to use it.',
  ])
})

test('a transient service is made once for each component', async () => {
  const { registry } = shell()
  await registry.register(lazy('wms'))
  let made = 0
  registry.services.provide(
    'wms.stock',
    transient(() => ({ left: ++made })),
  )
  const screen = await render(
    <Again registry={registry}>
      <Left />
      <Left />
    </Again>,
  )
  expect(screen.text()).toBe('12')
  await change(() => registry.setContext({}))
  expect(screen.text()).toBe('12')
})

test('a transient service stays the same while its page only changes what is in the address', async () => {
  const { registry } = shell()
  let made = 0
  const Page = () => {
    const { left } = useService('wms.stock') as { left: number }
    const [search, setSearch] = useSearchParams()
    const tab = search.get('tab')
    return (
      <button type="button" onClick={() => setSearch({ tab: 'moves' })}>
        {left}
        {tab}
      </button>
    )
  }
  await registry.register({
    name: 'wms',
    routes: [{ path: '/wms', component: module(Page) }],
    services: { 'wms.stock': transient(() => ({ left: ++made })) },
  })
  const screen = await render(
    <PluginProvider registry={registry}>
      <MemoryRouter initialEntries={['/wms']}>
        <PluginRoutes />
      </MemoryRouter>
    </PluginProvider>,
  )
  const before = screen.text()
  await screen.click(before)
  expect(screen.text()).toBe(`${before}moves`)
})

test('a service that failed in the shell itself is asked for again at its next use', async () => {
  const { registry } = shell()
  let loads = 0
  const load = async () => {
    if (++loads === 1) throw new TypeError('Failed to fetch dynamically imported module')
    return { default: {} }
  }
  const services = { 'wms.stock': async () => () => ({ left: 7 }) }
  await registry.register(lazy('wms', {}, { load, services }))
  const screen = await render(
    <PluginProvider registry={registry}>
      <ShellBoundary>
        <Suspense>
          <Left />
        </Suspense>
      </ShellBoundary>
    </PluginProvider>,
  )
  expect(screen.text()).toBe('once more')
  expect(loads).toBe(1)
  await screen.click('once more')
  expect(screen.text()).toBe('7')
})

/** A shell's own error boundary. */
class ShellBoundary extends Component<{ children: ReactNode }> {
  override state = { failed: false }
  static getDerivedStateFromError = () => ({ failed: true })
  override render() {
    const again = () => this.setState({ failed: false })
    if (!this.state.failed) return this.props.children
    return (
      <button type="button" onClick={again}>
        once more
      </button>
    )
  }
}

test('a transient service by a promise cannot be used so, and says what to do', async () => {
  const { registry } = shell()
  await registry.register(lazy('wms'))
  registry.services.provide(
    'wms.stock',
    transient(async () => ({ left: 1 })),
  )
  const screen = await render(
    <Again registry={registry}>
      <Left />
    </Again>,
  )
  expect(screen.text()).toContain('use load()')
})
