import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Composer, type Explanation } from '@framework-m/composer'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { names, options, workspace } from './fixture.js'

const root = join(import.meta.dirname, '../..')

function explain(fixture: string, name: string): Explanation[] {
  return new Composer(options(fixture)).explain(name).explanations
}

function run(args: string[]) {
  const command = join(root, 'npm/composer/bin/framework-m.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** A new folder with these files. */
function written(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'framework-m-explain-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

/** The facts of a term. */
function about(term: string, explanation: Explanation | undefined): string[] {
  return explanation?.facts.filter((fact) => fact.term === term).map(({ text }) => text) ?? []
}

describe('what is not there', () => {
  const folder = written({
    'package.json': '{ "workspaces": ["plugins/*"] }',
    'plugins/crm/package.json': '{ "name": "@acme/crm" }',
    'elsewhere/wms/package.json': '{ "name": "@acme/wms", "framework-m": true }',
    'elsewhere/lib/package.json': '{ "name": "@acme/lib" }',
  })
  const said = (name: string) => run(['explain', name, '--root', folder]).stderr

  test('a plugin outside of the patterns is found by its folder', () => {
    expect(said('elsewhere/wms')).toContain(
      'The plugin in elsewhere/wms is no member of this workspace: list it in `workspaces` of package.json.',
    )
    expect(said('elsewhere/lib')).not.toContain('no member')
  })

  test('a package that was not tagged is named', () => {
    expect(said('crm')).toContain('The package `@acme/crm` in plugins/crm is no plugin')
    expect(said('wms')).toContain('shows what there is')
  })

  test('`check` in such a folder says so, and a machine is told nothing', () => {
    const check = (...args: string[]) => {
      const command = join(root, 'npm/composer/bin/framework-m.js')
      const cwd = join(folder, 'elsewhere/wms')
      return spawnSync(process.execPath, [command, 'check', ...args], { encoding: 'utf8', cwd }).stderr
    }
    expect(check()).toContain('elsewhere/wms is no member')
    expect(check('--json')).toBe('')
  })
})

describe('why it is in', () => {
  test('a plugin: its package, what it needs and who needs it, and its chunk', () => {
    const [plugin, ...others] = explain('every-field', 'wms')
    expect(plugin).toMatchObject({ kind: 'plugin', name: 'wms', included: true, reason: null, chunk: 'wms' })
    expect(plugin?.place?.file).toMatch(/plugin\.config\.ts$/)
    expect(about('contributes', plugin)[0]).toMatch(/\d routes?/)
    expect(others).toEqual([])
  })

  test('a package and the plugin that it is', () => {
    const [found] = explain('seed-example', '@my-company/wms')
    expect(found).toMatchObject({ kind: 'package', included: true, plugin: 'wms' })
    expect(explain('seed-example', 'frontend')[0]).toMatchObject({ kind: 'package', included: null })
  })

  test('a route by its pattern, in whatever case, and by a path that it matches', () => {
    const pattern = explain('conflicts-show-both-declarations', '/stock/:number')
    const path = explain('conflicts-show-both-declarations', '/stock/A-1/')
    for (const [first, second] of [pattern, path]) {
      expect(first).toMatchObject({
        kind: 'route',
        name: '/Stock/:id/',
        plugin: 'a',
        included: true,
        chunk: 'a',
      })
      expect(second).toMatchObject({ plugin: 'b', included: false })
      expect(second?.reason).toBe('`a` declares it too, and comes first')
    }
  })

  test('a menu item and the page that it leads to, where a route with a parameter matches too', () => {
    const config = (path: string, menu = '') =>
      `function Page() {}\nexport default { routes: [{ path: '${path}', component: Page }], ${menu} }`
    const folder = written({
      'package.json': '{ "workspaces": ["*"] }',
      'a/package.json': '{ "name": "a", "framework-m": true }',
      'a/plugin.config.ts': config('/orders/:id'),
      'b/package.json': '{ "name": "b", "framework-m": true }',
      'b/plugin.config.ts': config(
        '/orders/new',
        "menu: [{ name: 'new', label: 'New', route: '/orders/new' }]",
      ),
    })
    const composer = new Composer({ root: folder })
    const [item] = composer.explain('new').explanations
    expect(about('leads to', item)).toEqual(['/orders/new, of `b`'])
    expect(about('in the menu', composer.explain('/orders/new').explanations[0])).toEqual(['New'])
    expect(about('in the menu', composer.explain('/orders/7').explanations[0])).toEqual([])
  })

  test('where each route has a chunk, that of its page', () => {
    expect(explain('focus-and-one-chunk-a-route', '/a/list')[0]).toMatchObject({ chunk: 'a.list' })
  })

  test('the route that is more specific comes first', () => {
    const dir = mkdtempSync(join(tmpdir(), 'framework-m-'))
    writeFileSync(join(dir, 'package.json'), '{ "name": "docs", "framework-m": true }')
    const routes = ['/docs/*', '/docs/:page', '/docs/about'].map(
      (path) => `{ path: '${path}', component: () => import('./Page') }`,
    )
    writeFileSync(join(dir, 'Page.ts'), 'export default () => null\n')
    writeFileSync(join(dir, 'plugin.config.ts'), `export default { routes: [${routes.join(', ')}] }\n`)
    const composer = new Composer({ root: dir, shell: dir })
    const paths = (name: string) => composer.explain(name).explanations.map((found) => found.name)
    expect(paths('/docs/intro')).toEqual(['/docs/:page', '/docs/*'])
    expect(paths('/docs/a/b')).toEqual(['/docs/*'])
    expect(paths('/docs/about')).toEqual(['/docs/about'])
    expect(about('after', composer.explain('/docs/intro').explanations[1])).toEqual([
      '`/docs/:page`, which is more specific',
    ])
  })

  test('a standard extension point, with what fills it', () => {
    const [point] = explain('seed-example', 'header.right')
    expect(point).toMatchObject({ kind: 'extension point', included: true, plugin: null })
    expect(about('filled by', point)).toEqual(['nobody'])
  })
})

describe('why it is not', () => {
  test.each([
    ['the-shell-has-the-last-word', 'left', 'excluded: the option `exclude` names it'],
    ['the-shell-has-the-last-word', 'needs-left', 'blocked: `left` is excluded'],
    ['focus-and-one-chunk-a-route', 'd', 'excluded: the option `only` does not name it'],
    ['tags-in-every-form', 'off', 'disabled: its package turns it off'],
    ['tags-in-every-form', 'other-host', 'excluded: it is for @acme/admin, not for @acme/shell'],
  ])('%s: %s', (fixture, name, reason) => {
    const plugin = explain(fixture, name).find(({ kind }) => kind === 'plugin')
    expect(plugin).toMatchObject({ included: false, reason, chunk: null })
  })

  test('a broken plugin, with the place of its error', () => {
    const [plugin] = explain('a-broken-plugin-costs-itself-and-its-dependents', 'broken')
    const error = plugin?.facts.find(({ term }) => term === 'error')
    expect(plugin?.reason).toMatch(/^broken: /)
    expect(error?.place?.file).toBe('plugins/broken/plugin.config.ts')
    expect(about('needed by', plugin)).toEqual(['needs-broken'])
    expect(about('used by', plugin)).toEqual(['optional'])
  })

  test('what another plugin overrides, and what does', () => {
    const all = explain('overrides-replace-on-purpose', '/wms/stock')
    const [lost, won] = [all.find(({ included }) => !included), all.find(({ included }) => included)]
    expect(lost).toMatchObject({ plugin: 'wms', reason: `\`${won?.plugin}\` overrides it`, chunk: null })
    expect(about('replaces', won)).toEqual(['the one of `wms`'])
    expect(about('in the menu', won)).toEqual(['Better stock'])
    expect(explain('overrides-replace-on-purpose', 'wms#/wms/stock')).toHaveLength(1)
  })

  test('what the shell hides, and what hangs below it', () => {
    const fixture = 'the-shell-has-the-last-word'
    expect(explain(fixture, 'a.hidden')[0]?.reason).toBe('the option `menu.overrides` hides it')
    expect(explain(fixture, 'a.below-hidden')[0]?.reason).toBe('the item that it is nested in is left out')
  })

  test('a service, a setting and a permission that another declares first', () => {
    for (const name of ['stock', 'lowStock', 'stock:read']) {
      const kinds = explain('conflicts-show-both-declarations', name).filter(({ kind }) => {
        return ['service', 'setting', 'permission'].includes(kind)
      })
      const lost = kinds.filter(({ included, facts }) => !included && facts.length > 0)
      expect(lost[0]?.plugin).toBe('b')
      expect(lost[0]?.place?.file).toBe('plugins/b/plugin.config.ts')
    }
  })
})

describe('what changes it', () => {
  test('the base, for a route that is asked for with it or without', () => {
    for (const path of ['/app/a', '/a']) {
      const [route] = explain('the-shell-has-the-last-word', path)
      expect(route).toMatchObject({ name: '/app/a', included: true })
      expect(about('base', route)).toEqual(['/app, by the option `routes.base`'])
    }
  })

  test('a menu group that no item stands in', () => {
    for (const name of ['empty', 'Nothing stands here']) {
      const [group, ...others] = explain('menu-order-and-nesting', name)
      expect(group).toMatchObject({
        kind: 'menu group',
        name: 'empty',
        included: false,
        reason: 'no menu item stands in it',
        plugin: 'b',
      })
      expect(about('described by', group)).toEqual(['`b`'])
      expect(others).toEqual([])
    }
  })

  test('the option `menu.overrides`, for items and groups', () => {
    const fixture = 'the-shell-has-the-last-word'
    expect(about('changed by', explain(fixture, 'a.first')[0])).toEqual([
      'the option `menu.overrides` (order: 9, label: Renamed)',
    ])
    const group = explain(fixture, 'Everything else').find(({ kind }) => kind === 'menu group')
    expect(about('changed by', group)[0]).toContain('label: Everything else')
    expect(about('stands in the menu', explain(fixture, 'First')[0])).toEqual(['Everything else › Renamed'])
  })
})

describe('the command', () => {
  const erp = ['--root', workspace('seed-example'), '--shell', join(workspace('seed-example'), 'frontend')]

  test('shows where, why and how', () => {
    const { stdout, status } = run(['explain', 'wms.warehouse', ...erp])
    expect(stdout).toMatch(
      /^menu item wms\.warehouse of wms\n {2}✓ in the app\n {2}declared +apps\/wms\/frontend\/plugin\.config\.ts:\d+:\d+\n/,
    )
    expect(stdout).toContain('Inventory › Warehouse')
    expect(status).toBe(0)
  })

  test('names the files of the last build', () => {
    const dir = mkdtempSync(join(tmpdir(), 'framework-m-'))
    cpSync(workspace('seed-example'), dir, { recursive: true })
    mkdirSync(join(dir, 'frontend/dist/.framework-m'), { recursive: true })
    const chunks = ['assets/wms-BxY12_z9.js', 'assets/wms-reports-BxY12_z9.js']
    const report = { schemaVersion: 1, plugins: [{ name: 'wms', chunks }] }
    writeFileSync(join(dir, 'frontend/dist/.framework-m/composition.json'), JSON.stringify(report))
    const { stdout } = run(['explain', 'wms', '--root', dir, '--shell', join(dir, 'frontend')])
    expect(stdout).toContain('chunk wms, in the last build assets/wms-BxY12_z9.js\n')
  })

  test('prints the page of a diagnostic, by code and by name', () => {
    const { stdout } = run(['explain', 'FM1201', ...erp])
    expect(stdout).toMatch(/^warning FM1201 second-copy\n\n/)
    expect(run(['explain', 'second-copy', ...erp]).stdout).toBe(stdout)
    const { explanations } = JSON.parse(run(['explain', 'fm1201', '--json', ...erp]).stdout)
    expect(explanations).toMatchObject([{ kind: 'diagnostic', name: 'FM1201' }])
  })

  test('suggests a name where there is none', () => {
    const unknown = run(['explain', 'wms.warehous', ...erp])
    expect(unknown.stderr).toContain('Did you mean `wms.warehouse`?')
    expect(unknown.status).toBe(1)
    const json = run(['explain', 'wms.warehous', '--json', ...erp])
    expect(JSON.parse(json.stdout)).toMatchObject({
      explanations: [],
      suggestion: 'Did you mean `wms.warehouse`?',
    })
    expect(json.status).toBe(1)
  })

  test.each([[['explain']], [['explain', 'a', 'b']], [['doctor', 'react']]])('%s is wrong usage', (args) => {
    expect(run([...args, ...erp]).status).toBe(2)
  })
})

describe('doctor', () => {
  const fixture = workspace('singletons-exist-once')
  const args = ['doctor', '--root', fixture, '--shell', join(fixture, 'shell')]

  test('tells for every plugin which copy it resolves, and what to change', () => {
    const { stdout, status } = run(args)
    expect(stdout).toContain('react 19.1.0  node_modules/react\n')
    expect(stdout).toMatch(
      /✓ calm +peerDependencies \^18\.2\.0 \|\| \^19\.0\.0 {2}plugins\/calm\/package\.json:7/,
    )
    expect(stdout).toMatch(/✗ own-copy .*→ 18\.3\.1 in plugins\/own-copy\/node_modules\/react/)
    expect(stdout).toMatch(/! own-entry +dependencies \^19\.0\.0/)
    expect(stdout).toContain('not asked for by unasked (→ 17.0.2 in plugins/unasked/node_modules/react)')
    expect(stdout).toContain('5 warnings')
    expect(status).toBe(1)
  })

  test('is fine where nothing has to exist once', () => {
    const { stdout, status } = run(['doctor', '--root', workspace('seed-example')])
    expect(stdout).toContain('Nothing has to exist once')
    expect(status).toBe(0)
  })
})

describe('the published shapes', () => {
  const validator = (name: string) => {
    const schema = JSON.parse(readFileSync(join(root, `npm/composer/schema/${name}.json`), 'utf8'))
    return new Ajv2020({ allErrors: true, formats: { double: true, uint32: true } }).compile(schema)
  }

  test.each(names)('%s', (name) => {
    const composer = new Composer(options(name))
    const doctor = validator('doctor')
    doctor(JSON.parse(JSON.stringify(composer.singletons())))
    expect(doctor.errors).toBeNull()
    const explain = validator('explain')
    for (const { name } of composer.compose().composition.plugins) {
      const explained = composer.explain(name)
      explain(JSON.parse(JSON.stringify(explained)))
      expect(explain.errors).toBeNull()
    }
  })
})
