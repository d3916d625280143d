import {
  ContentProviders,
  definePlugin,
  ExtensionPoint,
  PluginBoundary,
  PluginProvider,
  PluginRegistry,
  PluginRoutes,
  toReactRouter,
  useExtensions,
  usePermission,
  usePlugin,
  usePluginMenu,
  usePluginRegistry,
  usePluginRoutes,
  usePlugins,
  useService,
  useSettings,
} from '@framework-m/plugin-sdk'
import { Component, createContext, type PropsWithChildren, type ReactNode, useContext } from 'react'
import { createRoot } from 'react-dom/client'
import { createMemoryRouter, MemoryRouter, RouterProvider } from 'react-router'
import { expect, onTestFinished, test, vi } from 'vitest'

const Unit = createContext('pieces')

const wms = definePlugin({
  name: 'wms',
  menu: [{ name: 'wms.stock', label: 'Stock', route: '/wms/stock' }],
  routes: [{ path: '/wms/stock', component: async () => ({ default: Stock }) }],
  extensions: [
    { id: 'wms.badge', point: 'header.right', component: async () => ({ default: Badge }) },
    { id: 'wms.broken', point: 'header.right', component: async () => ({ default: Broken }), weight: 1 },
  ],
  providers: [{ component: async () => ({ default: InBoxes }) }],
  services: { 'wms.stock': () => ({ count: 4 }) },
  permissions: [{ resource: 'stock', actions: ['adjust'] }],
  settings: { lowStock: { type: 'number', default: 10 } },
})

function Stock() {
  const stock = useService('wms.stock') as { count: number }
  return `${stock.count} ${useContext(Unit)}`
}

function Badge({ low = 0 }: { low?: number }) {
  return <b>{low} low</b>
}

function Broken(): ReactNode {
  throw new Error('no data')
}

function InBoxes({ children }: PropsWithChildren) {
  return <Unit.Provider value="boxes">{children}</Unit.Provider>
}

async function shown(node: ReactNode, text: string) {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const element = document.body.appendChild(document.createElement('div'))
  const root = createRoot(element)
  onTestFinished(() => root.unmount())
  root.render(node)
  await vi.waitFor(() => expect(element.textContent).toBe(text))
  return element
}

function Facts() {
  const menu = usePluginMenu().map(({ label }) => String(label))
  const plugins = usePlugins().map(({ name, state }) => `${name} is ${state}`)
  const wms = usePlugin('wms')
  const { lowStock } = useSettings('wms')
  const mayAdjust = usePermission('stock', 'adjust')
  return [...menu, ...plugins, wms?.version ?? 'no version', lowStock, mayAdjust ? 'may' : 'may not'].join(
    ', ',
  )
}

test('hooks read the registry', async () => {
  const registry = new PluginRegistry({ permissions: () => false })
  await shown(
    <PluginProvider registry={registry} plugins={[wms]}>
      <Facts />
    </PluginProvider>,
    'Stock, wms is active, no version, 10, may not',
  )
})

function MayAdjust() {
  return usePermission('stock', 'adjust') ? 'may' : 'may not'
}

test('a permission follows the user', async () => {
  let user = 'guest'
  const registry = new PluginRegistry({ permissions: () => user === 'clerk' })
  const element = await shown(
    <PluginProvider registry={registry} plugins={[wms]}>
      <MayAdjust />
    </PluginProvider>,
    'may not',
  )
  user = 'clerk'
  registry.setContext({ user })
  await vi.waitFor(() => expect(element.textContent).toBe('may'))
})

test('an extension point shows what fills it, and what failed there', async () => {
  const onError = vi.fn()
  await shown(
    <PluginProvider registry={new PluginRegistry({ onError })} plugins={[wms]}>
      <ExtensionPoint
        id="header.right"
        context={{ low: 3 }}
        loading="…"
        fallback={({ part, error }) => ` ${part}: ${(error as Error).message}`}
      />
    </PluginProvider>,
    '3 low wms.broken: no data',
  )
  expect(onError).toHaveBeenCalledOnce()
})

test('routes are pages of the shell, inside of the plugins’ providers', async () => {
  await shown(
    <PluginProvider registry={new PluginRegistry()} plugins={[wms]}>
      <MemoryRouter initialEntries={['/wms/stock']}>
        <ContentProviders>
          <PluginRoutes routes={[{ path: '*', element: 'not found' }]} loading="…" />
        </ContentProviders>
      </MemoryRouter>
    </PluginProvider>,
    '4 boxes',
  )
})

test('a data router takes the routes', async () => {
  const registry = new PluginRegistry()
  await registry.register(wms)
  const router = createMemoryRouter(toReactRouter(registry.getRoutes()), { initialEntries: ['/wms/stock'] })
  await shown(
    <PluginProvider registry={registry}>
      <RouterProvider router={router} />
    </PluginProvider>,
    '4 pieces',
  )
})

function Header() {
  const registry = usePluginRegistry()
  const extensions = useExtensions('header.right')
  const pages = usePluginRoutes()
  return (
    <>
      {registry.app?.version}: {pages.length} page, {extensions.length} extensions{' '}
      <PluginBoundary plugin="wms" part="sample" fallback="failed">
        <Broken />
      </PluginBoundary>
    </>
  )
}

test('a shell that draws extensions itself keeps them apart', async () => {
  await shown(
    <PluginProvider
      registry={new PluginRegistry({ app: { version: '1.0.0' }, onError() {} })}
      plugins={[wms]}
    >
      <Header />
    </PluginProvider>,
    '1.0.0: 1 page, 2 extensions failed',
  )
})

test('what a component does wrong is thrown', async () => {
  const Outside = () => usePluginMenu().length
  await shown(
    <Caught>
      <Outside />
    </Caught>,
    'Plugins are used outside of a <PluginProvider registry={registry}>.',
  )
  const Nameless = () => Object.keys(useSettings()).length
  await shown(
    <PluginProvider registry={new PluginRegistry()}>
      <Caught>
        <Nameless />
      </Caught>
    </PluginProvider>,
    "useSettings() needs the name of a plugin where no plugin is rendered: useSettings('wms').",
  )
})

class Caught extends Component<PropsWithChildren, { error?: Error }> {
  override state: { error?: Error } = {}

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    return this.state.error?.message ?? this.props.children
  }
}
