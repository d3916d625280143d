import { join } from 'node:path'
import { Composer } from '@framework-m/composer'
import type { Browser } from 'playwright-core'
import type { Alias, UserConfig } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../npm/vite-plugin/src/composition/session.js'
import { standsForSdk } from '../../npm/vite-plugin/src/vite/sdk.js'
import { launch, serve, visit } from '../build/browser.js'
import { build as buildByVite, versions } from '../build/builds.js'
import { Dev } from '../build/dev.js'
import { ALL, appWithout, buildBy, type Kind } from './without-router.js'

/** Shells that are without React Router, or without React, whose code and plugins import the root of the SDK. */

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

const ROUTES = `import { PluginRoutes } from '@framework-m/plugin-sdk'
import plugins from 'virtual:framework-m-plugins'
console.log(plugins, PluginRoutes)
`

describe.each(ALL)('%s', (bundler) => {
  test.each(['React', 'neither'] as const)('builds a shell that has %s', async (kind) => {
    const app = appWithout(kind)
    const { dist, errors, warnings } = await buildBy(bundler, app)
    expect(errors).toEqual([])
    expect(warnings).toEqual([])
    const server = await serve(dist)
    const at = await visit(browser, server.url)
    await at.page.getByText('3 boxes').waitFor()
    expect(await at.page.textContent('nav')).toBe('Stock')
    expect(at.errors).toEqual([])
    await at.page.close()
    await server.close()
    app.remove()
  })

  test('leaves the SDK as it is where whoever loads the output has the router', async () => {
    const app = appWithout('React', ROUTES)
    const { errors } = await buildBy(bundler, app, ['react-router'])
    expect(errors).toEqual([])
    app.remove()
  })

  test('ends a build in which the router is used, and says where', async () => {
    const app = appWithout('React', ROUTES)
    const { errors } = await buildBy(bundler, app)
    expect(errors).toHaveLength(1)
    // Each bundler frames it in its own way.
    expect(errors[0]).toMatch(/FM5005[\s\S]*frontend\/src\/main\.tsx:1:10[\s\S]*npm install react-router/)
    app.remove()
  })
})

describe.each(versions)('a dev server of %s', (version) => {
  test('serves a shell without React Router', async () => {
    const dev = await Dev.start(version, appWithout('React'))
    await dev.shows('b', '3 boxes')
    await dev.shows('nav', 'Stock')
    expect(dev.at.errors).toEqual([])
    expect(dev.at.loads()).toBe(1)
    await dev.stop()
  })
})

describe.each(versions)('a build for a server by %s', (version) => {
  test('takes what stands for the SDK from where Node finds it', async () => {
    const app = appWithout('React')
    app.write(
      'frontend/src/server.tsx',
      `import { PluginProvider, PluginRegistry } from '@framework-m/plugin-sdk'
import { renderToString } from 'react-dom/server'
export const html = renderToString(<PluginProvider registry={new PluginRegistry()}>ready</PluginProvider>)
`,
    )
    const built = await buildByVite(version, app, { build: { ssr: 'src/server.tsx' } })
    expect(built.read('server.js')).toContain('@framework-m/plugin-sdk/without-router')
    const { html } = await import(join(built.dist, 'server.js'))
    expect(html).toBe('ready')
    app.remove()
  })
})

describe('Vite’s alias for the SDK', () => {
  const alias = (kind: Kind, config: UserConfig) => {
    const app = appWithout(kind)
    const session = { composed: new Composer({ shell: app.shell }).compose() } as Session
    const { config: hook } = standsForSdk(session) as unknown as {
      config: { handler(config: UserConfig): UserConfig | undefined }
    }
    const [found] = (hook.handler(config)?.resolve?.alias as Alias[] | undefined) ?? []
    app.remove()
    return found?.replacement
  }
  const router = '@framework-m/plugin-sdk/without-router'

  test.each<[string, Kind, UserConfig, string | undefined]>([
    ['is there without React', 'neither', {}, '@framework-m/plugin-sdk/without-react'],
    ['takes Preact for React', 'neither', { resolve: { alias: { react: 'preact/compat' } } }, router],
    [
      'takes Preact for React by a pattern',
      'neither',
      { resolve: { alias: [{ find: /^react$/, replacement: 'x' }] } },
      router,
    ],
    ['is there without React Router', 'React', {}, router],
    [
      'is not there where a page brings React Router',
      'React',
      { build: { rollupOptions: { external: ['react-router'] } } },
      undefined,
    ],
    [
      'leaves one of the shell',
      'React',
      { resolve: { alias: { '@framework-m/plugin-sdk': './sdk' } } },
      undefined,
    ],
  ])('%s', (_, kind, config, expected) => {
    expect(alias(kind, config)).toBe(expected)
  })
})

test('a part of the SDK that needs what is not installed says so when it is called', async () => {
  const root = new URL('../../npm/plugin-sdk/dist/', import.meta.url)
  const [whole, withoutRouter, withoutReact] = await Promise.all(
    ['index.js', 'without-router.js', 'without-react.js'].map((file) => import(new URL(file, root).href)),
  )
  const names = Object.keys(whole).sort()
  expect(Object.keys(withoutRouter).sort()).toEqual(names)
  expect(Object.keys(withoutReact).sort()).toEqual(names)
  const absent = (entry: typeof whole) => names.filter((name) => entry[name] !== whole[name])
  expect(absent(withoutRouter)).toEqual(['PluginRoutes', 'toReactRouter'])
  const { default: _, ...react } = await import(new URL('react/index.js', root).href)
  expect(absent(withoutReact)).toEqual([...absent(withoutRouter), ...Object.keys(react)].sort())
  for (const entry of [withoutRouter, withoutReact])
    for (const name of absent(entry))
      expect(() => entry[name]({})).toThrow(
        new RegExp(`^\`${name}\` of @framework-m/plugin-sdk needs React( Router)?, and .* is not installed`),
      )
})
