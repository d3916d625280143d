/** What a build has made, as `vite preview` shows it: nothing is composed, whatever has become of the workspace. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, visit } from './browser.js'
import { build, frameworkMPlugin, VERSIONS, versions } from './builds.js'
import { manyPlugins, type Workspace, workspace } from './workspace.js'

describe.each(versions)('the preview of %s', (version) => {
  let app: Workspace
  beforeAll(async () => {
    app = workspace(manyPlugins(1))
    await build(version, app, { config: { plugins: [frameworkMPlugin()], base: '/sub/' } })
    app.write('apps/wms/frontend/plugin.config.ts', 'export default {')
  })
  afterAll(() => app?.remove())

  test('has the pages of plugins, below the base', async () => {
    const server = await VERSIONS[version].preview({
      root: app.shell,
      configFile: false,
      base: '/sub/',
      plugins: [frameworkMPlugin()],
      preview: { port: 0 },
      logLevel: 'silent',
    })
    const browser = await launch()
    const { page, errors } = await visit(browser, server.resolvedUrls?.local[0] ?? '')
    await page.waitForFunction("document.querySelector('nav')?.textContent?.includes('wms label')")
    expect(errors).toEqual([])
    await browser.close()
    await server.close()
  })
})
