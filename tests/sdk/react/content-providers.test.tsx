import { createContext, type ReactNode, useContext } from 'react'
import { expect, test } from 'vitest'
import { ContentProviders, PluginProvider } from '../../../npm/plugin-sdk/src/index.js'
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
