import { StrictMode, useState } from 'react'
import {
  createMemoryRouter,
  Link,
  MemoryRouter,
  Outlet,
  type RouteObject,
  RouterProvider,
  useMatches,
  useNavigate,
  useParams,
} from 'react-router'
import { expect, test, vi } from 'vitest'
import type { RouteNode } from '../../../npm/plugin-sdk/src/core.js'
import {
  PluginProvider,
  type PluginRegistry,
  PluginRoutes,
  toReactRouter,
} from '../../../npm/plugin-sdk/src/index.js'
import { deferred, eager, lazy, shell } from '../plugins.js'
import { change, module, render } from './render.js'

const text = (value: string) => module(() => <b>{value}</b>)
const paged = (plugin: string, ...routes: Partial<RouteNode>[]) =>
  lazy(plugin, {}, { routes: routes.map((route) => ({ plugin, ...route })) })

const own: RouteObject[] = [
  { index: true, element: 'home' },
  { path: '*', element: 'not found' },
]

function To() {
  const navigate = useNavigate()
  return ['/a', '/a/b', '/'].map((path) => (
    <button key={path} type="button" onClick={() => navigate(path)}>
      {`to ${path}`}
    </button>
  ))
}

/** Both forms of React Router: routes as components, and a data router whose one address is everything. */
const forms = {
  'in a router of components': (registry: PluginRegistry, at: string) => (
    <PluginProvider registry={registry} fallback={({ error }) => (error as Error).message}>
      <MemoryRouter initialEntries={[at]}>
        <main>
          <PluginRoutes routes={own} loading="…" />
        </main>
        <To />
      </MemoryRouter>
    </PluginProvider>
  ),
  'in a data router': (registry: PluginRegistry, at: string) => {
    const shellElement = (
      <>
        <main>
          <PluginRoutes routes={own} loading="…" />
        </main>
        <To />
      </>
    )
    const router = createMemoryRouter([{ path: '*', element: shellElement }], { initialEntries: [at] })
    return (
      <PluginProvider registry={registry} fallback={({ error }) => (error as Error).message}>
        <RouterProvider router={router} />
      </PluginProvider>
    )
  },
}

const mainOf = ({ element }: { element: HTMLElement }) => element.querySelector('main')?.textContent

for (const [form, show] of Object.entries(forms)) {
  test(`${form}, a page is loaded when it is first shown`, async () => {
    const { registry } = shell()
    const component = vi.fn(text('A'))
    await registry.register(paged('a', { path: '/a', component }))
    const screen = await render(<StrictMode>{show(registry, '/')}</StrictMode>)
    expect(mainOf(screen)).toBe('home')
    expect(component).not.toHaveBeenCalled()
    await screen.click('to /a')
    expect(mainOf(screen)).toBe('A')
    await screen.click('to /')
    await screen.click('to /a')
    expect(component).toHaveBeenCalledOnce()
  })

  test(`${form}, routes nest: layouts, index pages and parameters`, async () => {
    const { registry } = shell()
    const Item = () => <b>item {useParams().id}</b>
    await registry.register(
      paged('a', {
        path: '/a',
        component: module(() => (
          <>
            layout of <Outlet />
          </>
        )),
        children: [
          { index: true, component: text('all'), plugin: 'a' },
          { path: ':id', component: module(Item), plugin: 'a' },
        ],
      }),
    )
    const screen = await render(show(registry, '/a'))
    expect(mainOf(screen)).toBe('layout of all')
    await screen.click('to /a/b')
    expect(mainOf(screen)).toBe('layout of item b')
  })

  test(`${form}, a page that fails is replaced alone, reported once, and tried again at the next visit`, async () => {
    const { registry, failures } = shell()
    let broken = true
    const Page = () => {
      if (broken) throw new Error('no data')
      return 'mended'
    }
    await registry.register(paged('a', { path: '/a', component: module(Page) }))
    const screen = await render(show(registry, '/a'))
    expect(mainOf(screen)).toBe('no data')
    expect(failures).toEqual(['a failed in render of /a: no data'])
    broken = false
    await screen.click('to /')
    await screen.click('to /a')
    expect(mainOf(screen)).toBe('mended')
  })

  test(`${form}, a page whose code did not arrive is loaded again at the next visit`, async () => {
    const { registry } = shell()
    const component = vi.fn(text('A'))
    component.mockRejectedValueOnce(new Error('404'))
    await registry.register(paged('a', { path: '/a', component }))
    const screen = await render(show(registry, '/a'))
    expect(mainOf(screen)).toBe('404')
    await screen.click('to /')
    await screen.click('to /a')
    expect(mainOf(screen)).toBe('A')
  })

  test(`${form}, pages come and go with their plugins, and the others keep their state`, async () => {
    const { registry } = shell()
    const Counter = () => {
      const [count, setCount] = useState(0)
      return (
        <button type="button" onClick={() => setCount(count + 1)}>
          {`count ${count}`}
        </button>
      )
    }
    await registry.register(paged('a', { path: '/a', component: module(Counter) }))
    const screen = await render(show(registry, '/a'))
    await screen.click('count 0')
    await change(() => registry.register(paged('b', { path: '/a/b', component: text('B') })))
    expect(mainOf(screen)).toBe('count 1')
    await change(() => registry.unregister('b'))
    expect(mainOf(screen)).toBe('count 1')
    await screen.click('to /a/b')
    expect(mainOf(screen)).toBe('not found')
    await change(() => registry.register(paged('b', { path: '/a/b', component: text('B') })))
    expect(mainOf(screen)).toBe('B')
  })

  test(`${form}, an address of a plugin that is being started is loading, and never "not found"`, async () => {
    const { registry } = shell()
    const gate = deferred()
    void registry.register(
      eager(
        'a',
        { initialize: () => gate.promise },
        { routes: [{ path: '/a', component: text('A'), plugin: 'a' }] },
      ),
    )
    const screen = await render(show(registry, '/a'))
    expect(mainOf(screen)).toBe('…')
    await change(gate.resolve)
    expect(mainOf(screen)).toBe('A')
  })

  test(`${form}, the page of a plugin that failed, is blocked or is switched off says why`, async () => {
    const { registry } = shell()
    const routes = (plugin: string) => ({ routes: [{ path: `/${plugin}`, component: text(plugin), plugin }] })
    await registry.registerAll([
      lazy('a', { initialize: () => Promise.reject(new Error('no licence')) }, routes('a')),
      lazy('b', {}, { ...routes('b'), dependencies: { nobody: '^1.0.0' } }),
      lazy('c', {}, routes('c')),
    ])
    const failed = await render(show(registry, '/a'))
    expect(mainOf(failed)).toBe('a failed in initialize: no licence')
    const blocked = await render(show(registry, '/b'))
    expect(mainOf(blocked)).toMatch(/^b is blocked: .*nobody/)
    const off = await render(show(registry, '/c'))
    expect(mainOf(off)).toBe('c')
    await change(() => registry.disable('c'))
    expect(mainOf(off)).toBe('c is disabled')
    await change(() => registry.enable('c'))
    expect(mainOf(off)).toBe('c')
  })
}

test('a data router takes the routes themselves, and its matches know whose they are', async () => {
  const { registry } = shell()
  const Trail = () =>
    useMatches()
      .map(({ handle }) => JSON.stringify(handle))
      .join()
  await registry.register(
    paged('a', {
      path: '/a',
      label: 'All',
      children: [{ index: true, component: module(Trail), plugin: 'a' }],
    }),
  )
  const router = createMemoryRouter(toReactRouter(registry.getRoutes()), { initialEntries: ['/a'] })
  const screen = await render(
    <PluginProvider registry={registry}>
      <RouterProvider router={router} />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('{"plugin":"a","label":"All"},{"plugin":"a"}')
})

test('routes can be used as they are in the tests of a plugin, with links between them', async () => {
  const { registry } = shell()
  await registry.register(
    paged(
      'a',
      { path: '/a', component: module(() => <Link to="/a/b">on</Link>) },
      { path: '/a/b', component: text('there') },
    ),
  )
  const screen = await render(forms['in a router of components'](registry, '/a'))
  await screen.click('on')
  expect(mainOf(screen)).toBe('there')
})
