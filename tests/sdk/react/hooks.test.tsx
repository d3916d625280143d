import { memo, lazy as reactLazy } from 'react'
import { expect, test } from 'vitest'
import {
  PluginProvider,
  useExtensions,
  usePermission,
  usePlugin,
  usePluginMenu,
  usePluginRoutes,
  usePlugins,
  useSettings,
} from '../../../npm/plugin-sdk/src/index.js'
import { lazy, shell } from '../plugins.js'
import { change, counted, module, render } from './render.js'

const page = module(() => null)
const withEverything = (name: string) =>
  lazy(
    name,
    {},
    {
      routes: [{ path: `/${name}`, component: page, plugin: name }],
      extensions: [{ id: `${name}.badge`, point: `${name}.point`, component: page, weight: 0, plugin: name }],
      settings: { size: { type: 'number', default: 1 } },
    },
  )

test('a change of one plugin renders those who use it, and nobody else', async () => {
  const { registry } = shell()
  await registry.registerAll([withEverything('a'), withEverything('b')])
  const users = {
    list: counted(() => usePlugins().length),
    menu: counted(() => usePluginMenu().length),
    routes: counted(() => usePluginRoutes().length),
    'a itself': counted(() => usePlugin('a')?.state),
    'b itself': counted(() => usePlugin('b')?.state),
    'extensions of a': counted(() => useExtensions('a.point').length),
    'extensions of b': counted(() => useExtensions('b.point').length),
    'settings of a': counted(() => String(useSettings('a').size)),
    'settings of b': counted(() => String(useSettings('b').size)),
    nothing: counted(() => null),
  }
  await render(
    <PluginProvider registry={registry}>
      {Object.entries(users).map(([name, User]) => (
        <User key={name} />
      ))}
    </PluginProvider>,
  )
  const rendered = async (work: () => unknown) => {
    for (const { counter } of Object.values(users)) counter.renders = 0
    await change(work)
    return Object.entries(users).flatMap(([name, { counter }]) => (counter.renders ? name : []))
  }
  expect(await rendered(() => registry.settings.set('a', 'size', 2))).toEqual(['settings of a'])
  expect(await rendered(() => registry.settings.set('a', 'size', 2))).toEqual([])
  expect(await rendered(() => registry.disable('b'))).toEqual([
    'list',
    'menu',
    'routes',
    'b itself',
    'extensions of b',
  ])
  expect(await rendered(() => registry.use('a'))).toEqual(['list', 'a itself'])
  expect(await rendered(() => registry.setContext({ user: 'ada' }))).toEqual([])
  expect(
    await rendered(() => registry.replace({ ...withEverything('a'), load: async () => ({ default: {} }) })),
  ).not.toContain('b itself')
})

test('a menu follows what conditions are asked about', async () => {
  const { registry } = shell()
  await registry.register(
    lazy(
      'wms',
      {},
      { menu: [{ name: 'wms.adjust', label: 'Adjust', when: "user.role == 'clerk'", plugin: 'wms' }] },
    ),
  )
  const Menu = () => usePluginMenu().map(({ name }) => name)
  const show = (role: string) => (
    <PluginProvider registry={registry} context={{ user: { role } }}>
      <Menu />
    </PluginProvider>
  )
  const screen = await render(show('guest'))
  expect(screen.text()).toBe('')
  await screen.show(show('clerk'))
  expect(screen.text()).toBe('wms.adjust')
})

test('a context may lead back to itself', async () => {
  const { registry } = shell()
  await registry.register(lazy('wms'))
  const context = (role: string) => {
    const session: Record<string, unknown> = { user: { role } }
    return Object.assign(session, { session })
  }
  const ui = (role: string) => (
    <PluginProvider registry={registry} context={context(role)}>
      <Menu />
    </PluginProvider>
  )
  const Menu = () => usePluginMenu().length
  const screen = await render(ui('guest'))
  await screen.show(ui('guest'))
  await screen.show(ui('clerk'))
  expect(screen.text()).toBe('1')
})

test('an icon that is a component of React stays that component, however like another it is', async () => {
  const { registry } = shell()
  const lazy = (text: string) => reactLazy(async () => ({ default: () => text }))
  const icons = [memo(() => 'a'), memo(() => 'b'), lazy('c'), lazy('d')]
  for (const [at, icon] of icons.entries()) {
    const plugin = { name: 'wms', version: `1.0.${at}`, menu: [{ name: 'wms', label: 'WMS', icon }] }
    await (at === 0 ? registry.register(plugin) : registry.replace(plugin))
    expect(registry.getMenu()[0]?.icon).toBe(icon)
  }
})

test('a context that is made anew and says the same renders nothing again', async () => {
  const { registry } = shell()
  await registry.register(withEverything('a'))
  const Menu = counted(() => usePluginMenu().length)
  const menu = <Menu />
  const show = (role: string) => (
    <PluginProvider registry={registry} context={{ user: { role } }}>
      {menu}
    </PluginProvider>
  )
  const screen = await render(show('guest'))
  await screen.show(show('guest'))
  expect(Menu.counter.renders).toBe(1)
})

test('without a context of its own a provider takes that of the registry', async () => {
  const { registry } = shell({ context: { beta: true } })
  await registry.register(
    lazy('wms', {}, { menu: [{ name: 'wms.new', label: 'New', when: 'beta && page', plugin: 'wms' }] }),
  )
  const Menu = () => usePluginMenu({ page: 1 }).map(({ name }) => name)
  const screen = await render(
    <PluginProvider registry={registry}>
      <Menu />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('wms.new')
  await change(() => registry.setContext({ beta: false }))
  expect(screen.text()).toBe('')
})

test('a permission is asked again when the context changes', async () => {
  let role = 'guest'
  const { registry } = shell({ permissions: () => role === 'clerk' })
  await registry.register(lazy('wms', {}, { permissions: [{ resource: 'stock', actions: ['adjust'] }] }))
  const Button = () => (usePermission('stock', 'adjust') ? 'yes' : 'no')
  const screen = await render(
    <PluginProvider registry={registry}>
      <Button />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('no')
  role = 'clerk'
  await change(() => registry.setContext({ role }))
  expect(screen.text()).toBe('yes')
})

test('a plugin that goes is undefined, and its settings are empty', async () => {
  const { registry } = shell()
  await registry.register(withEverything('a'))
  const State = () => `${usePlugin('a')?.state} ${JSON.stringify(useSettings('a'))}`
  const screen = await render(
    <PluginProvider registry={registry}>
      <State />
    </PluginProvider>,
  )
  expect(screen.text()).toBe('registered {"size":1}')
  await change(() => registry.unregister('a'))
  expect(screen.text()).toBe('undefined {}')
})

test('in the shell itself a hook about "this plugin" asks for its name', async () => {
  const { registry } = shell()
  const Own = () => JSON.stringify(useSettings())
  await expect(
    render(
      <PluginProvider registry={registry}>
        <Own />
      </PluginProvider>,
    ),
  ).rejects.toThrow(
    "useSettings() needs the name of a plugin where no plugin is rendered: useSettings('wms')",
  )
})
