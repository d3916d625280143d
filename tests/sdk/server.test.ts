/** The React part where there is no browser. */

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { createElement as h, type ReactNode } from 'react'
import { prerenderToNodeStream } from 'react-dom/static'
import { StaticRouter } from 'react-router'
import { expect, test } from 'vitest'
import {
  ContentProviders,
  ExtensionPoint,
  PluginProvider,
  PluginRoutes,
  usePluginMenu,
  useSettings,
} from '../../npm/plugin-sdk/src/index.js'
import { lazy, shell } from './plugins.js'

const says = (words: string) => async () => ({ default: () => words })

test('a shell is rendered on a server, with its menu, its extensions and its page', async () => {
  const { registry } = shell()
  const plugin = lazy(
    'wms',
    {},
    {
      routes: [{ path: '/wms', component: says('page'), plugin: 'wms' }],
      extensions: [
        { id: 'wms.badge', point: 'header.right', component: says('badge'), weight: 0, plugin: 'wms' },
      ],
      settings: { low: { type: 'number', default: 3 } },
    },
  )
  await registry.register(plugin)
  const Shell = ({ children }: { children?: ReactNode }) => [
    usePluginMenu()
      .map(({ name }) => name)
      .join(),
    useSettings('wms').low,
    children,
  ]
  const { prelude } = await prerenderToNodeStream(
    h(
      PluginProvider,
      { registry },
      h(
        StaticRouter,
        { location: '/wms' },
        h(
          Shell,
          null,
          h(ExtensionPoint, { id: 'header.right', loading: '(badge)' }),
          h(ContentProviders, null, h(PluginRoutes, { loading: '(page)' })),
        ),
      ),
    ),
  )
  const html = (await text(prelude as NodeJS.ReadableStream)).replaceAll(/<[^>]*>/g, '')
  expect(html).toBe('wms.item3badgepage')
})

test('a provider that is given its plugins has its children at once where they are registered', async () => {
  const { registry } = shell()
  const plugins = [lazy('wms')]
  const rendered = async () => {
    const { prelude } = await prerenderToNodeStream(h(PluginProvider, { registry, plugins }, 'children'))
    return text(prelude as NodeJS.ReadableStream)
  }
  expect(await rendered()).toBe('')
  await registry.registerAll(plugins)
  expect(await rendered()).toBe('children')
})

test('React 18 has nothing to warn of on a server', () => {
  const at = (path: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, path)).href)
  const hooks = `export const resolve = (id, context, next) =>
    next(id, /^react(-dom)?(\\/|$)/.test(id) ? { ...context, parentURL: ${at('react-18/package.json')} } : context)`
  const script = `import { register } from 'node:module'
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}))
const { createElement, version } = await import('react')
const { renderToString } = await import('react-dom/server')
const { PluginProvider, PluginRegistry } = await import(${at('../../npm/plugin-sdk/dist/index.js')})
console.error = (...warning) => console.log(...warning)
console.log(version.slice(0, 2), renderToString(createElement(PluginProvider, { registry: new PluginRegistry(), plugins: [] }, 'shell')))`
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect(said).toBe('18 shell\n')
})
