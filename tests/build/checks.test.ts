import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type BuildOptions, build, type Version, versions } from './builds.js'
import { link, manyPlugins, type PluginSpec, type Workspace, workspace } from './workspace.js'

let app: Workspace
const MAIN = `import plugins from 'virtual:framework-m-plugins'
import { start } from './app'
start(() => ({ count: plugins.length, labels: [], pages: {} }))
`
beforeAll(() => {
  app = workspace(manyPlugins(3))
  link(app.root, '@company/wms-link', join(app.root, 'apps/wms/frontend'))
  app.write(
    'frontend/src/nav.ts',
    `import { helper } from '../../apps/wms/frontend/src/helper'\nexport const nav = [helper]\n`,
  )
})
beforeEach(() => app.write('frontend/src/main.tsx', MAIN))
afterAll(() => app.remove())

/** What a build that fails says, up to where its own frames of code begin. */
async function failure(version: Version, options: BuildOptions = {}, from = app): Promise<string> {
  const built = build(version, from, options)
  const error = await built.then(
    () => undefined,
    (error: Error) => error.message,
  )
  if (error === undefined) throw new Error('the build did not fail')
  return error
}

const main = (text: string) => app.write('frontend/src/main.tsx', text + MAIN)

describe.each(versions)('the lazy check with %s', (version) => {
  test('prints the imports by which the shell reaches a plugin', async () => {
    main(`import { nav } from './nav'\nconsole.log(nav)\n`)
    const message = await failure(version)
    expect(message).toContain('Framework M found 1 error in the build.')
    expect(message).toContain(`error[FM5001]: The shell loads code of the plugin \`wms\` along with its own: \
frontend/index.html → frontend/src/main.tsx → frontend/src/nav.ts → apps/wms/frontend/src/helper.ts.`)
    expect(message).toContain(`--> frontend/src/nav.ts:1:1`)
    expect(message).toContain('^ imports apps/wms/frontend/src/helper.ts, which is code of `wms`')
    expect(message).toContain('::: frontend/src/main.tsx:1:1')
    expect(message).toContain("eager: ['apps/wms/frontend/src/helper.ts']")
  })

  test('takes what the shell is meant to have, and nothing that this brings along', async () => {
    main(`import { nav } from './nav'\nconsole.log(nav)\n`)
    const eager = ['apps/*/frontend/src/helper.ts']
    const built = await build(version, app, { plugin: { eager } })
    expect(built.warnings).toEqual([])
    app.write(
      'frontend/src/nav.ts',
      `import { words } from '../../apps/wms/frontend/src/words'\nexport const nav = words\n`,
    )
    app.write(
      'apps/wms/frontend/src/words.ts',
      `import { helper } from './helper'\nexport const words = [helper]\n`,
    )
    const message = await failure(version, { plugin: { eager: ['apps/wms/frontend/src/words.ts'] } })
    expect(message).toContain('→ apps/wms/frontend/src/words.ts → apps/wms/frontend/src/helper.ts.')
    expect(message).toContain('--> apps/wms/frontend/src/words.ts:1:1')
    app.write(
      'frontend/src/nav.ts',
      `import { helper } from '../../apps/wms/frontend/src/helper'\nexport const nav = [helper]\n`,
    )
  })

  test('has nothing against types, nor against `import()`', async () => {
    main(`import type { Service } from '../../apps/wms/frontend/src/service'
import { type Service as Same } from '../../apps/hr/frontend/src/service'
export type Both = Service | Same
void import('../../apps/wms/frontend/src/helper').then(console.log)
`)
    expect((await build(version, app)).warnings).toEqual([])
  })

  test('follows links, packages, re-exports and the entry of a plugin', async () => {
    const shown = (specifier: string) => main(`export * from '${specifier}'\nimport '${specifier}'\n`)
    app.write('frontend/src/all.ts', `export * as wms from '@company/wms-link/src/helper'\n`)
    app.write('frontend/src/here.ts', `import 'virtual:framework-m-plugins/hr'\n`)
    shown('./all')
    expect(await failure(version)).toContain('frontend/src/all.ts → apps/wms/frontend/src/helper.ts.')
    const linked = await failure(version, { config: { resolve: { preserveSymlinks: true } } })
    expect(linked).toContain('of the plugin `wms`')
    shown('./here')
    expect(await failure(version)).toContain('frontend/src/here.ts → virtual:framework-m-plugins/hr.js.')
  })

  test('starts with what leads to the composition where an entry only imports that lazily', async () => {
    app.write('frontend/src/bootstrap.ts', `import { nav } from './nav'\nconsole.log(nav)\n${MAIN}`)
    app.write('frontend/src/main.tsx', `void import('./bootstrap')\n`)
    const message = await failure(version)
    expect(message).toContain(
      'along with its own: frontend/src/bootstrap.ts → frontend/src/nav.ts → apps/wms/frontend/src/helper.ts.',
    )
  })

  test('can be softer, by code or name', async () => {
    main(`import { nav } from './nav'\nconsole.log(nav)\n`)
    const warned = await build(version, app, { plugin: { severity: { FM5001: 'warning' } } })
    expect(warned.warnings).toEqual([expect.stringContaining('warning[FM5001]')])
    const silent = await build(version, app, { plugin: { severity: { 'eager-plugin': 'off' } } })
    expect(silent.warnings).toEqual([])
  })

  test('names each importer and plugin once, with all of its imports', async () => {
    main(
      `import '../../apps/wms/frontend/src/helper'\nimport '../../apps/hr/frontend/src/helper'\nimport '../../apps/wms/frontend/src/service'\n`,
    )
    const message = await failure(version)
    expect(message).toContain('Framework M found 2 errors in the build.')
    expect(message.match(/which is code of `wms`/g)).toHaveLength(2)
    expect(message.match(/which is code of `hr`/g)).toHaveLength(1)
  })
})

describe.each(versions)('packages inside of a plugin’s folder with %s', (version) => {
  let nested: Workspace
  beforeAll(() => {
    nested = workspace(manyPlugins(2))
    const workspaces = ['frontend', 'apps/*/frontend', 'packages/*', 'apps/wms/frontend/kit']
    nested.write(
      'package.json',
      JSON.stringify({ name: 'company', version: '3.0.0', workspaces, 'framework-m': true }),
    )
    nested.write('plugin.config.ts', `export default { name: 'outer' }\n`)
    nested.write('src/outer.ts', `export const outer = 'mark:outer' + Date.now()\n`)
    nested.write('apps/wms/frontend/kit/package.json', '{ "name": "@company/kit", "version": "1.0.0" }')
    nested.write('apps/wms/frontend/kit/src/kit.ts', `export const kit = 'mark:kit' + Date.now()\n`)
  })
  afterAll(() => nested.remove())

  test('are their own, and so is a shell', async () => {
    const kit = `import { kit } from '../../apps/wms/frontend/kit/src/kit'\nconsole.log(kit)\n`
    nested.write('frontend/src/main.tsx', kit + MAIN)
    const { warnings } = await build(version, nested)
    expect(warnings).toEqual([])
    const outer = `import { outer } from '../../src/outer'\nconsole.log(outer)\n`
    nested.write('frontend/src/main.tsx', outer + MAIN)
    expect(await failure(version, {}, nested)).toContain(
      'of the plugin `outer` along with its own: frontend/index.html → frontend/src/main.tsx → src/outer.ts.',
    )
  })
})

describe.each(versions)('the chunks of %s', (version) => {
  test('are looked at too: options can put plugins into what the shell loads', async () => {
    const key = version === 'Vite 8' ? 'rolldownOptions' : 'rollupOptions'
    const manualChunks = (id: string) => (/\/src\/(app|pages\/stock)\.tsx$/.test(id) ? 'apps' : undefined)
    const message = await failure(version, { build: { [key]: { output: { manualChunks } } } })
    expect(message).toContain(
      'error[FM5004]: The chunks that the shell loads at once hold code of the plugin `',
    )
    expect(message).toMatch(
      /assets\/index-[\w-]+\.js → assets\/apps-[\w-]+\.js, which holds apps\/\w+\/frontend\/src\//,
    )
  })
})

describe.each(versions)('code of other plugins with %s', (version) => {
  const undeclared: PluginSpec[] = [{ name: 'wms' }, { name: 'crm', borrows: 'wms' }, { name: 'hr-2' }]
  let other: Workspace
  beforeAll(() => {
    other = workspace(undeclared)
    const config = 'apps/crm/frontend/plugin.config.ts'
    other.write(
      config,
      `import { definePlugin } from '@framework-m/plugin-sdk'
export default definePlugin({ name: 'crm', routes: [{ path: '/crm/stock', component: () => import('./src/pages/stock') }] })
`,
    )
    other.write(
      'apps/wms/frontend/src/pages/moves.tsx',
      `import type { Service } from '../../../../crm/frontend/src/service'
import { helper } from '../../../../hr-2/frontend/src/helper'
export default () => <p>{helper}</p>
export const later = () => import('../../../../hr-2/frontend/src/service')
export type { Service }
`,
    )
  })
  afterAll(() => other.remove())

  test('have to be declared, and each import is shown', async () => {
    const message = await failure(version, {}, other)
    expect(message).toContain('Framework M found 2 errors in the build.')
    expect(message).toContain(
      'error[FM5002]: `crm` imports code of the plugin `wms`, which is not among its dependencies.',
    )
    expect(message).toContain('--> apps/crm/frontend/src/pages/stock.tsx:')
    expect(message).toContain("Add `dependencies: { wms: '^1.0.0' }` to the configuration of `crm`")
    expect(message).toContain("Add `dependencies: { 'hr-2': '^1.2.0' }` to the configuration of `wms`")
    expect(message).toContain('--> apps/wms/frontend/src/pages/moves.tsx:2:1')
    expect(message).toMatch(/4 \|.*later[^\n]*\n[^\n]*- imports apps\/hr-2\/frontend\/src\/service.ts/)
    expect(message).not.toContain('`wms` imports code of the plugin `crm`')
  })

  test('may be a warning', async () => {
    const { warnings } = await build(version, other, {
      plugin: { severity: { 'undeclared-import': 'warning' } },
    })
    expect(warnings).toEqual([
      expect.stringContaining('warning[FM5002]: `crm` imports'),
      expect.stringContaining('warning[FM5002]: `wms` imports'),
    ])
  })
})
