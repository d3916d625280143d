/** Parts of a shell looked at one by one, as in Storybook: stories import what they like, and are no app. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, frameworkMPlugin, versions } from './builds.js'
import { manyPlugins, type Workspace, workspace } from './workspace.js'

/** By its plugins Vite's configuration says what it is for. */
const storybook = { name: 'storybook:code-generator-plugin' }

describe.each(versions)('stories built with %s', (version) => {
  let app: Workspace
  beforeAll(() => {
    app = workspace(manyPlugins(3))
    app.write(
      'frontend/src/main.tsx',
      `import plugins from 'virtual:framework-m-plugins'
import Stock from '../../apps/wms/frontend/src/pages/stock'
console.log(Stock, plugins)
`,
    )
  })
  afterAll(() => app?.remove())

  test('may load a plugin at once, and have no report', async () => {
    const built = await build(version, app, { config: { plugins: [storybook, frameworkMPlugin()] } })
    expect(built.warnings).toEqual([])
    expect(built.entry().code).toContain('mark:wms:stock')
    expect(existsSync(join(built.dist, '.framework-m'))).toBe(false)
  })

  test('where an app may not', async () => {
    await expect(build(version, app)).rejects.toThrow('FM5001')
  })
})
