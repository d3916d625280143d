/** Plugins that are written by hand and replace what others contribute. */
import { describe, expect, test, vi } from 'vitest'
import type { ComposedPlugin, WrittenPlugin } from '../../npm/plugin-sdk/src/core.js'
import { lazy, shell, states, ticks } from './plugins.js'

const page = (name: string) => async () => ({ default: name })
const part = (id: string) => ({ id, point: 'p', component: page(id), weight: 0, plugin: 'wms' })

const wms = (data: Partial<ComposedPlugin> = {}) =>
  lazy(
    'wms',
    {},
    {
      menu: [
        { name: 'wms.stock', label: 'Stock', plugin: 'wms' },
        { name: 'wms.bins', label: 'Bins', plugin: 'wms' },
      ],
      routes: [
        { path: '/wms/stock/:id', component: page('stock'), plugin: 'wms' },
        {
          path: '/wms',
          plugin: 'wms',
          children: [{ path: 'bins', component: page('bins'), plugin: 'wms' }],
        },
      ],
      extensions: [part('wms.badge'), part('wms.bell')],
      extensionPoints: [{ id: 'wms.toolbar', description: 'of wms', plugin: 'wms' }],
      services: { 'wms.stock': async () => () => 'of wms' },
      ...data,
    },
  )

const own = (plugin: Partial<WrittenPlugin>): WrittenPlugin => ({ name: 'own', ...plugin })

/** What is shown, and of whom. */
const seen = (registry: ReturnType<typeof shell>['registry']) => ({
  menu: registry.getMenu().map(({ name, plugin }) => `${plugin} ${name}`),
  routes: registry
    .getRoutes()
    .flatMap(({ plugin, path, children = [] }) => [
      `${plugin} ${path}`,
      ...children.map((child) => `${child.plugin} ${child.path}`),
    ]),
  extensions: registry.getExtensions('p').map(({ id, plugin }) => `${plugin} ${id}`),
  points: registry.getExtensionPoints().map(({ id, plugin }) => `${plugin} ${id}`),
})

const ORIGINAL = {
  menu: ['wms wms.bins', 'wms wms.stock'],
  routes: ['wms /wms/stock/:id', 'wms /wms', 'wms bins'],
  extensions: ['wms wms.badge', 'wms wms.bell'],
  points: ['wms wms.toolbar'],
}

const everything = own({
  overrides: ['wms#wms.stock', 'wms#/wms/stock/:id', 'wms#/wms/bins', 'wms#wms.badge', 'wms#wms.toolbar'],
  menu: [{ name: 'wms.stock', label: 'My stock' }],
  routes: [
    { path: '/WMS/stock/:sku/', component: page('mine') },
    { path: '/wms/bins', component: page('mine') },
  ],
  extensions: [{ id: 'wms.badge', point: 'p', component: page('mine') }],
  extensionPoints: [{ id: 'wms.toolbar' }],
  services: { 'wms.stock': () => 'mine' },
})
const REPLACED = {
  menu: ['wms wms.bins', 'own wms.stock'],
  routes: ['wms /wms', 'own /WMS/stock/:sku/', 'own /wms/bins'],
  extensions: ['own wms.badge', 'wms wms.bell'],
  points: ['own wms.toolbar'],
}

describe('a plugin that overrides parts of another', () => {
  test('has its own in their place while it is on, and they are back while it is off', async () => {
    const { registry, failures } = shell()
    await registry.registerAll([wms(), everything])
    expect(states(registry)).toEqual({ wms: 'registered', own: 'active' })
    expect(seen(registry)).toEqual(REPLACED)
    expect(await registry.services.load('wms.stock')).toBe('mine')
    await registry.disable('own')
    expect(seen(registry)).toEqual(ORIGINAL)
    expect(await registry.services.load('wms.stock')).toBe('of wms')
    await registry.enable('own')
    expect(seen(registry)).toEqual(REPLACED)
    expect(await registry.services.load('wms.stock')).toBe('mine')
    await registry.unregister('own')
    expect(seen(registry)).toEqual(ORIGINAL)
    expect(failures).toEqual([])
  })

  test('does so in whichever order they come, and while the other is off or gone', async () => {
    const { registry, failures } = shell()
    await registry.registerAll([everything, wms()])
    expect(states(registry)).toEqual({ wms: 'registered', own: 'active' })
    expect(seen(registry).extensions).toEqual(REPLACED.extensions)
    await registry.disable('wms')
    expect(seen(registry).extensions).toEqual(['own wms.badge'])
    await registry.unregister('wms')
    expect(seen(registry).menu).toEqual(['own wms.stock'])
    expect(failures).toEqual([])
  })

  test('replaces nothing before it is active, nor when it fails', async () => {
    const { registry } = shell()
    let finish = () => {}
    const activate = vi
      .fn()
      .mockImplementationOnce(() => new Promise<void>((_, no) => (finish = () => no(new Error('no')))))
    const registered = registry.registerAll([wms(), { ...everything, activate }])
    await vi.waitFor(() => expect(activate).toHaveBeenCalled())
    expect(seen(registry)).toEqual(ORIGINAL)
    finish()
    await registered
    expect(states(registry)).toEqual({ wms: 'registered', own: 'error' })
    expect(seen(registry)).toEqual(ORIGINAL)
    await registry.enable('own')
    expect(seen(registry)).toEqual(REPLACED)
  })

  test('is blocked as any other where it repeats what it does not override', async () => {
    const { registry } = shell()
    const menu = [
      { name: 'wms.stock', label: 'My stock' },
      { name: 'wms.bins', label: 'My bins' },
    ]
    await registry.registerAll([wms(), own({ overrides: ['wms#wms.stock'], menu })])
    expect(registry.getStatus('own')?.reason).toBe('wms has the menu item "wms.bins" already')
    expect(seen(registry)).toEqual(ORIGINAL)
  })

  test('is overridden in turn; two that override each other contradict each other, and the first holds', async () => {
    const item = (name: string, ...overrides: string[]) => ({
      name,
      overrides,
      menu: [{ name: 'x', label: name }],
    })
    const first = shell().registry
    await first.registerAll([item('a'), item('b', 'a#x'), item('c', 'b#x')])
    expect(seen(first).menu).toEqual(['c x'])
    await first.disable('c')
    expect(seen(first).menu).toEqual(['b x'])
    const second = shell().registry
    await second.registerAll([item('a', 'b#x'), item('b', 'a#x')])
    expect(states(second)).toEqual({ a: 'active', b: 'blocked' })
    expect(seen(second).menu).toEqual(['a x'])
  })
})

test('overrides that replace nothing are reported, each once', async () => {
  const { registry, failures } = shell()
  const menu = [{ name: 'wms.stock', label: 'My stock' }]
  const overrides = ['wms#wms.stokc', 'vms#wms.stock', 'wms#wms.stock', 'wms#wms.bins', 'own#wms.stock', 'x']
  await registry.registerAll([wms(), own({ overrides, menu })])
  for (let at = 0; at < 3; at++) {
    await registry.disable('own')
    await registry.enable('own')
    await ticks()
  }
  expect(failures).toEqual(
    ['wms#wms.stokc', 'vms#wms.stock', 'wms#wms.bins', 'own#wms.stock', 'x'].map(
      (name) => `own failed in override: "${name}" names nothing that it replaces`,
    ),
  )
  expect(seen(registry).menu).toEqual(['wms wms.bins', 'own wms.stock'])
})

describe('the shapes of paths', () => {
  const route = (path: string): Partial<WrittenPlugin> => ({ routes: [{ path, component: page(path) }] })
  test.each([
    ['/a/:id?', '/a'],
    ['/a/:id?', '/A/:name/'],
    ['/a/b?', '/a/b'],
    ['/a/b?', '/a'],
    ['/:lang?/about', '/about'],
    ['/a?', '/'],
    ['/a/b?/c?', '/a/c'],
    ['/a/:päd-1?', '/a/:b'],
    ['/a/:id.json', '/a/:name.JSON'],
    ['/a/b*', '/a/b/*'],
  ])('%s and %s are in conflict', async (one, two) => {
    const { registry } = shell()
    await registry.registerAll([own(route(one)), { name: 'two', ...route(two) }])
    expect(states(registry)).toEqual({ own: 'active', two: 'blocked' })
    expect(registry.getStatus('two')?.reason).toMatch(/^own has the route "\/.*" already$/)
  })

  test.each([
    ['/a/:id?', '/a/:id/b'],
    ['/a/b?', '/a/:id'],
    ['/a/:id.json', '/a/:id'],
    ['/a?/b?/c?/d?/e?/f?/g?', '/'],
    ['/a/*', '/a'],
  ])('%s and %s are not', async (one, two) => {
    const { registry } = shell()
    await registry.registerAll([own(route(one)), { name: 'two', ...route(two) }])
    expect(states(registry)).toEqual({ own: 'active', two: 'active' })
  })

  test("paths that only hold others are nobody's own", async () => {
    const group = (path: string) => ({
      routes: [{ path: '/a', children: [{ path, component: page(path) }] }],
    })
    const { registry } = shell()
    await registry.registerAll([
      own(group('b')),
      { name: 'two', ...group('c') },
      { name: 'page', ...route('/a') },
    ])
    expect(states(registry)).toEqual({ own: 'active', two: 'active', page: 'blocked' })
  })

  test('what a route is in may be there on a condition', async () => {
    const nested = (when: string) => ({
      routes: [{ path: '/a', when, children: [{ path: 'b', component: page('b') }] }],
    })
    const { registry } = shell()
    await registry.registerAll([own(nested('flags.x')), { name: 'two', ...nested('!flags.x') }])
    expect(states(registry)).toEqual({ own: 'active', two: 'active' })
  })

  test('below a layout without a path an index has the path of the route above', async () => {
    const { registry } = shell()
    const nested = [{ path: '/a', children: [{ children: [{ index: true, component: page('a') }] }] }]
    await registry.registerAll([own({ routes: nested }), { name: 'two', ...route('/a') }])
    expect(registry.getStatus('two')?.reason).toBe('own has the route "/a" already')
  })
})
