import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, serve, show, type Visit, visit } from './browser.js'
import { type Build, build, versions } from './builds.js'
import { manyPlugins, type Workspace, workspace } from './workspace.js'

/** Every way to name a component, each rendering `mark:wms:<form>`. */
const FORMS = ['thunk', 'lazy', 'then', 'imported', 'named', 'local']

const CONFIG = `import { definePlugin } from '@framework-m/plugin-sdk'
import { lazy } from 'react'
import Imported from './src/forms/imported'
import { Named as Renamed } from './src/forms/named'

function Local() {
  return 'mark:wms:local'
}

export default definePlugin({
  name: 'wms',
  routes: [
    { path: '/wms/thunk', component: () => import('./src/forms/thunk') },
    { path: '/wms/lazy', component: lazy(() => import('./src/forms/lazy')) },
    { path: '/wms/then', component: () => import('./src/forms/then').then((m) => ({ default: m.Page })) },
    { path: '/wms/imported', component: Imported },
    { path: '/wms/named', component: Renamed },
    { path: '/wms/local', component: Local },
  ],
  extensions: [{ id: 'wms.badge', point: 'header.right', component: () => import('./src/forms/badge') }],
  providers: [{ component: () => import('./src/forms/provider') }],
  services: { 'wms.clock': () => ({ now: () => 'mark:wms:clock' }) },
})
`

const SHELL = `import plugins, { extensions, providers, routes } from 'virtual:framework-m-plugins'
import { start } from './app'
Object.assign(window, { plugins, extensions, providers })
const pages = Object.fromEntries(routes.map((route) => [route.path, route.component]))
start(() => ({ count: plugins.length, labels: [], pages }))
`

describe.each(versions)('the forms of a component, built by %s', (version) => {
  describe.each(['plugin', 'route'] as const)('and split by %s', (codeSplitting) => {
    let app: Workspace
    let built: Build
    let browser: Browser
    let server: Awaited<ReturnType<typeof serve>>
    let at: Visit

    beforeAll(async () => {
      app = workspace(manyPlugins(3))
      app.write('apps/wms/frontend/plugin.config.ts', CONFIG)
      for (const form of [...FORMS, 'badge', 'provider']) {
        const name = form === 'then' ? 'const Page =' : form === 'named' ? 'const Named =' : 'default'
        app.write(
          `apps/wms/frontend/src/forms/${form}.tsx`,
          `export ${name} () => <b>mark:wms:{'${form}'}</b>\n`,
        )
      }
      app.write('frontend/src/main.tsx', SHELL)
      built = await build(version, app, { plugin: { codeSplitting } })
      server = await serve(built.dist)
      browser = await launch()
      at = await visit(browser, server.url)
    })
    afterAll(async () => {
      await browser?.close()
      await server?.close()
      app?.remove()
    })

    test('are lazy, and print nothing', () => {
      expect(built.warnings).toEqual([])
      const first = built.closure(built.entry()).flatMap((chunk) => chunk.modules)
      expect(first.filter((id) => id.startsWith(`${app.root}/apps/`))).toEqual([])
    })

    test.each(FORMS)('render: %s', async (form) => {
      await show(at, `/wms/${form}`)
      await at.page.waitForFunction(
        (mark) => document.querySelector('main')?.textContent?.includes(mark),
        `mark:wms:${form}`,
      )
      expect(at.errors).toEqual([])
    })

    test('serve as extensions, providers and services', async () => {
      const found = await at.page.evaluate(async () => {
        // biome-ignore lint/suspicious/noExplicitAny: the page's own globals
        const { plugins, extensions, providers } = window as any
        const badge = await extensions['header.right'][0].component()
        const provider = await providers[0].component()
        const service = await plugins
          .find((plugin: { name: string }) => plugin.name === 'wms')
          .services['wms.clock']()
        return [typeof badge.default, typeof provider.default, service().now()]
      })
      expect(found).toEqual(['function', 'function', 'mark:wms:clock'])
    })

    test('have in the author’s own config the value they had there', async () => {
      const found = await at.page.evaluate(async () => {
        // biome-ignore lint/suspicious/noExplicitAny: the page's own globals
        const wms = (window as any).plugins.find((plugin: { name: string }) => plugin.name === 'wms')
        const config = (await wms.load()).default
        const [thunk, , then, imported] = config.routes
        return [
          typeof (await thunk.component()).default,
          typeof (await then.component()).default,
          typeof imported.component,
          typeof (await config.extensions[0].component()).default,
        ]
      })
      expect(found).toEqual(['function', 'function', 'function', 'function'])
    })
  })
})
