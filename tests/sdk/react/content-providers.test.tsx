import { createContext, type ReactNode, useContext } from 'react'
import { createRoot } from 'react-dom/client'
import { MemoryRouter } from 'react-router'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  ContentProviders,
  PluginBoundary,
  PluginProvider,
  PluginRoutes,
  useService,
} from '../../../npm/plugin-sdk/src/index.js'
import { lazy, shell } from '../plugins.js'
import { change, module, render } from './render.js'

const Words = createContext('')

const around = (plugin: string, order: number) => {
  const Provider = ({ children }: { children?: ReactNode }) => (
    <Words.Provider value={`${useContext(Words)}${plugin}`}>{children}</Words.Provider>
  )
  return lazy(plugin, {}, { providers: [{ component: module(Provider), order, plugin }] })
}
const Read = () => useContext(Words)

test('providers are nested by their order, and come and go with their plugins', async () => {
  const { registry } = shell()
  await registry.registerAll([around('inner', 2), around('outer', 1)])
  const screen = await render(
    <PluginProvider registry={registry}>
      <ContentProviders loading="…">
        <Read />
      </ContentProviders>
    </PluginProvider>,
  )
  expect(screen.text()).toBe('outerinner')
  await change(() => registry.disable('outer'))
  expect(screen.text()).toBe('inner')
})

test('one that fails is left out, and the content stands in the others', async () => {
  const { registry, failures } = shell()
  const broken = module(() => {
    throw new Error('no theme')
  })
  await registry.registerAll([
    around('a', 1),
    lazy('b', {}, { providers: [{ component: broken, order: 2, plugin: 'b' }] }),
    around('c', 3),
  ])
  const screen = await render(
    <PluginProvider registry={registry}>
      <ContentProviders>
        <Read />
      </ContentProviders>
    </PluginProvider>,
  )
  expect(screen.text()).toBe('ac')
  expect(failures).toEqual(['b failed in render of providers: no theme'])
})

test('content that crashes is not taken for a provider that does', async () => {
  const { registry, failures } = shell()
  await registry.register(around('a', 1))
  const Content = () => {
    throw new Error('of the shell')
  }
  await expect(
    render(
      <PluginProvider registry={registry}>
        <ContentProviders>
          <Content />
        </ContentProviders>
      </PluginProvider>,
    ),
  ).rejects.toThrow('of the shell')
  expect(failures).toEqual([])
})

/** Renders as a shell does: React waits a moment before it shows what a provider holds, which under `act` it never does. */
async function shown(node: ReactNode, text: string): Promise<void> {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const element = document.body.appendChild(document.createElement('div'))
  const root = createRoot(element)
  onTestFinished(() => {
    root.unmount()
    element.remove()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
  root.render(node)
  await vi.waitFor(() => expect(element.textContent).toBe(text), 3000)
}

const broken = () => Promise.reject(new Error('boom'))

test('a page in a provider that cannot be loaded is asked for once', async () => {
  const { registry, failures } = shell()
  const page = lazy('b', {}, { routes: [{ path: '/b', plugin: 'b', component: module(Read) }] })
  page.load.mockImplementation(broken)
  await registry.registerAll([around('a', 1), page])
  await shown(
    <PluginProvider registry={registry} fallback="failed">
      <MemoryRouter initialEntries={['/b']}>
        <ContentProviders loading="…">
          <PluginRoutes loading="…" />
        </ContentProviders>
      </MemoryRouter>
    </PluginProvider>,
    'failed',
  )
  expect(page.load).toHaveBeenCalledOnce()
  expect(failures).toEqual(['b failed in load: boom'])
})

test('a service in a provider that cannot be made is asked for once', async () => {
  const { registry, failures } = shell()
  const factory = vi.fn(broken)
  const services = { 'a.theme': async () => factory }
  await registry.register({ ...around('a', 1), services })
  const Theme = () => useService('a.theme') as string
  await shown(
    <PluginProvider registry={registry} fallback="failed">
      <ContentProviders loading="…">
        <PluginBoundary plugin="a" part="theme" loading="…">
          <Theme />
        </PluginBoundary>
      </ContentProviders>
    </PluginProvider>,
    'failed',
  )
  expect(factory).toHaveBeenCalledOnce()
  expect(failures).toEqual(['a failed in service of a.theme: boom'])
})
