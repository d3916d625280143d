import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { Composer } from '@framework-m/composer'
import { afterAll, describe, expect, test } from 'vitest'
import { install, type Layout, layouts, plugnplay, write } from './managers.js'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-installs-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const version = '1.0.0'
const plugin = (name: string, tables: object) => ({
  name: `@acme/${name}`,
  version,
  'framework-m': true,
  ...tables,
})

/** A shell of React 19, and plugins that ask for React in every way there is. */
function packages(own: string): Record<string, object> {
  return {
    shell: { name: '@acme/shell', version, dependencies: { react: '19.1.0', '@acme/ui': own } },
    'libs/ui': { name: '@acme/ui', version },
    'plugins/calm': plugin('calm', { peerDependencies: { react: '^19.0.0', '@acme/ui': own } }),
    'plugins/older': plugin('older', {
      peerDependencies: { react: '>=18' },
      devDependencies: { react: '18.3.1' },
    }),
    'apps/deep/frontend': plugin('deep', { dependencies: { react: '19.1.0' } }),
    'plugins/silent': plugin('silent', {}),
  }
}

const plugins = ['apps/deep/frontend', 'plugins/calm', 'plugins/older', 'plugins/silent']

function installed(layout: Layout): string {
  const root = join(folder, layout.name.replaceAll(/\W+/g, '-'))
  install(root, layout, packages(layout.own))
  for (const dir of plugins) write(root, `${dir}/plugin.config.ts`, 'export default {}\n')
  return root
}

/** The copy that Node itself gives to code in a folder. */
function resolvedByNode(root: string, dir: string, name: string) {
  const from = join(realpathSync(join(root, dir)), 'plugin.config.js')
  try {
    const manifest = realpathSync(createRequire(from).resolve(`${name}/package.json`))
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
    return { dir: relative(root, dirname(manifest)).replaceAll('\\', '/'), version }
  } catch {
    return null
  }
}

describe.each(layouts)('$name', (layout) => {
  const root = installed(layout)
  const composer = new Composer({ root, shell: join(root, 'shell'), frames: 'none' })
  const report = composer.singletons()

  test('every copy is the one that Node resolves', () => {
    expect(report.singletons.map(({ name }) => name)).toEqual(['@acme/ui', 'react'])
    for (const { name, copy, plugins: users } of report.singletons) {
      expect(copy).toEqual(resolvedByNode(root, 'shell', name))
      expect(users.map(({ plugin }) => plugin)).toEqual(['calm', 'deep', 'older', 'silent'])
      for (const user of users) {
        const dir = plugins.find((dir) => dir.includes(user.plugin)) as string
        expect({ [user.plugin]: user.copy }).toEqual({ [user.plugin]: resolvedByNode(root, dir, name) })
        expect(user.shared).toBe(user.copy?.dir === copy.dir)
      }
    }
  })

  test('a second copy and an entry that may bring one are reported, and nothing else', () => {
    const found = report.diagnostics.map(({ code, labels: [label] }) => [code, label?.file])
    expect(found).toEqual([
      ['FM1202', 'apps/deep/frontend/package.json'],
      ['FM1201', 'plugins/older/package.json'],
    ])
    const [, second] = report.diagnostics
    expect(second?.message).toContain('18.3.1')
    expect(second?.message).toContain('19.1.0')
    const manifest = readFileSync(join(root, 'plugins/older/package.json'), 'utf8').split('\n')
    expect(manifest[(second?.labels[0]?.line ?? 0) - 1]).toContain('"react": "18.3.1"')
  })

  test('what has to exist once is what the bundler is told', () => {
    expect(composer.compose().bundle.dedupe).toEqual(['@acme/ui', 'react'])
  })
})

test(`${plugnplay.name}: says that archives are not read`, () => {
  const root = installed(plugnplay)
  const command = join(import.meta.dirname, '../../../npm/composer/bin/framework-m.js')
  const args = [command, 'doctor', '--root', root, '--shell', join(root, 'shell')]
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(stdout).toContain('in archives, which are not read')
  expect(status).toBe(0)
})
