/** What a plugin takes a component from has to have it, which only a build knows of all modules. */
import { afterEach, describe, expect, test } from 'vitest'
import { type BuildOptions, build as buildWithVite, versions } from '../build/builds.js'
import type { Workspace } from '../build/workspace.js'
import { BUNDLERS } from './builds.js'
import { buildShop, plugin, shop } from './shop.js'

let app: Workspace
afterEach(() => app?.remove())

interface Options {
  codeSplitting?: 'plugin' | 'route'
  severity?: Record<string, 'warning' | 'off'>
}

interface Said {
  errors: string
  warnings: string
}

/** What a build by any bundler says. */
async function said(bundler: (typeof TOOLS)[number], options: Options = {}): Promise<Said> {
  if (bundler === 'Vite 7' || bundler === 'Vite 8') {
    process.chdir(app.shell)
    app.write('frontend/index.html', '<script type="module" src="/src/main.js"></script>')
    const made: BuildOptions = { plugin: options }
    return buildWithVite(bundler, app, made).then(
      ({ warnings }) => ({ errors: '', warnings: warnings.join('\n') }),
      (error: Error) => ({ errors: error.message, warnings: '' }),
    )
  }
  const { errors, warnings } = await buildShop(bundler, app, options)
  return { errors: errors.join('\n'), warnings: warnings.join('\n') }
}

const TOOLS = [...versions, ...BUNDLERS]

describe.each(TOOLS)('by %s', (bundler) => {
  test('a page without a default export ends the build, with the place and the form that works', async () => {
    app = shop(['wms', 'crm'])
    app.write('apps/wms/page.js', `export const loader = 1\nexport function Stock() {\n  return 'mark'\n}\n`)
    const { errors } = await said(bundler)
    expect(errors).toContain('error[FM5006]')
    expect(errors).toContain(
      '`wms` takes a component from apps/wms/page.js, which has no default export. It exports `Stock`, `loader`.',
    )
    expect(errors).toContain('apps/wms/plugin.config.js:4:45')
    expect(errors).toContain('takes the default export')
    expect(errors).toContain('.then((m) => ({ default: m.Stock }))')
    expect(errors).not.toContain('`crm` takes')
    expect((await said(bundler, { severity: { 'no-component': 'off' } })).errors).toBe('')
  })

  test('so does one where each page is a chunk of its own', async () => {
    app = shop(['wms', 'crm'])
    app.write('apps/wms/page.js', `export function Stock() {\n  return 'mark'\n}\n`)
    const { errors } = await said(bundler, { codeSplitting: 'route' })
    expect(errors).toContain('error[FM5006]')
    expect(errors).toContain('apps/wms/plugin.config.js:4:45')
  })

  test('the export that is named has to be there', async () => {
    app = shop([])
    const extension = (name: string) =>
      `extensions: [{ id: 'ü', point: 'header.right', component: () => import('./badge.js').then((m) => m.${name}) }],`
    plugin(app.write, 'wms', extension('Bage'))
    app.write('apps/wms/badge.js', `export const Badge = () => 'mark'\n`)
    const { errors } = await said(bundler)
    expect(errors).toContain('apps/wms/badge.js, which has no export `Bage`. It exports `Badge`.')
    expect(errors).toContain('apps/wms/plugin.config.js:5:')
    expect(errors).toContain('Did you mean `Badge`?')
    plugin(app.write, 'wms', extension('Badge'))
    expect(await said(bundler)).toEqual({ errors: '', warnings: '' })
  })

  test('nothing is wrong with exports of other modules, nor with what cannot be told', async () => {
    const forms = {
      again: `export { default } from './real.js'\n`,
      renamed: `export { Page as default } from './real.js'\n`,
      local: `function Page() {}\nexport { Page as default }\n`,
      star: `export * from './real.js'\nexport { default } from './real.js'\n`,
    }
    app = shop(Object.keys(forms))
    for (const [name, text] of Object.entries(forms)) {
      app.write(`apps/${name}/page.js`, text)
      app.write(
        `apps/${name}/real.js`,
        `export const Page = () => '${name}'\nexport default function Real() {\n  return '${name}'\n}\n`,
      )
    }
    plugin(
      app.write,
      'named',
      `extensions: [{ id: 'x', point: 'header.right', component: () => import('./all.js').then((m) => m.Badge) }],`,
    )
    app.write('apps/named/all.js', `export * from './badge.js'\n`)
    app.write('apps/named/badge.js', `export const Badge = () => 'mark'\n`)
    expect(await said(bundler)).toEqual({ errors: '', warnings: '' })
    expect(await said(bundler, { codeSplitting: 'route' })).toEqual({ errors: '', warnings: '' })
  })
})

test.each(['rolldown', 'rspack', 'webpack', 'Vite 8'] as const)(
  'by %s, a page in CommonJS is left alone',
  async (bundler) => {
    app = shop(['wms'])
    app.write('apps/wms/package.json', '{ "name": "@shop/wms", "version": "1.0.0", "framework-m": true }')
    app.write('apps/wms/page.js', `module.exports = function Page() {\n  return 'mark'\n}\n`)
    expect((await said(bundler)).errors).toBe('')
  },
)
