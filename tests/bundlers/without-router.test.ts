import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, serve, visit } from '../build/browser.js'
import { versions } from '../build/builds.js'
import { Dev } from '../build/dev.js'
import { ALL, appWithout, buildBy } from './without-router.js'

/** Shells that are without React Router, or without React, whose code and plugins import the root of the SDK. */

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

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

  test('ends a build in which the router is used, and says where', async () => {
    const main = `import { PluginRoutes } from '@framework-m/plugin-sdk'
import plugins from 'virtual:framework-m-plugins'
console.log(plugins, PluginRoutes)
`
    const app = appWithout('React', main)
    const { errors } = await buildBy(bundler, app)
    expect(errors).toHaveLength(1)
    // Each bundler frames it in its own way.
    expect(errors[0]).toMatch(
      /The app uses what needs React Router, and `react-router` is not installed:\n\W+frontend\/src\/main\.tsx:1:10 PluginRoutes\n\W*Install it in the shell \(`npm install react-router`\), or do without/,
    )
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
