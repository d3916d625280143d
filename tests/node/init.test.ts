/** `framework-m init plugin`: what it decides, by what the workspace has, and when it refuses. */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

const command = join(import.meta.dirname, '../../node_modules/.bin/framework-m')

type Files = Record<string, string | object>

/** A workspace on disk; what is not a text is written as JSON. */
function workspace(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-init-')))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), typeof text === 'string' ? text : JSON.stringify(text))
  }
  return root
}

const shell = (name: string, more: object = {}) => ({
  name,
  version: '1.0.0',
  devDependencies: { '@framework-m/vite-plugin': '^0.1.0' },
  ...more,
})
const plugin = (name: string, more: object = {}) => ({ name, version: '1.0.0', 'framework-m': true, ...more })
const inNpm = (...workspaces: string[]) => ({
  'package.json': { name: 'company', private: true, workspaces },
})
const config = (fields: string) => `export default { ${fields} }\n`

/** An npm workspace with a shell and the plugin wms. */
const company: Files = {
  ...inNpm('frontend', 'apps/*/frontend'),
  'frontend/package.json': shell('@company/frontend'),
  'apps/wms/frontend/package.json': plugin('@company/wms'),
  'apps/wms/frontend/Page.ts': 'export default () => null\n',
  'apps/wms/frontend/plugin.config.ts': config(
    `menu: [{ name: 'repairs.home', label: 'Repairs' }], routes: [{ path: '/Stock/', component: () => import('./Page') }]`,
  ),
}

function init(root: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, ['init', ...args], { cwd: root, encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** The plugin that was made, with its files' texts. */
function made(root: string, ...args: string[]) {
  const { stdout, stderr } = init(root, 'plugin', ...args, '--json')
  expect(stderr).toBe('')
  const report = JSON.parse(stdout)
  const read = (file: string) => readFileSync(join(root, report.dir, file), 'utf8')
  return { ...report, read, manifest: JSON.parse(read('package.json')) }
}

const entries = (root: string) => readdirSync(root, { recursive: true }).sort()

describe('the folder', () => {
  test.each<[string, Files, string]>([
    ['where the other plugins are', company, 'apps/crm/frontend'],
    [
      'where most of them are',
      {
        ...inNpm('frontend', 'plugins/*', 'bought/*'),
        'frontend/package.json': shell('frontend'),
        'bought/a/package.json': plugin('a'),
        'plugins/b/package.json': plugin('b'),
        'plugins/c/package.json': plugin('c'),
      },
      'plugins/crm',
    ],
    [
      'where the other one is, though its folder is not named after it',
      {
        ...inNpm('frontend', 'x/*'),
        'frontend/package.json': shell('frontend'),
        'x/y/package.json': plugin('z'),
      },
      'x/crm',
    ],
    [
      'beside the shell, where there is no plugin yet and nothing else is a member',
      { ...inNpm('src/web/*'), 'src/web/shell/package.json': shell('shell') },
      'src/web/crm',
    ],
    [
      'by pnpm’s patterns, which exclude too',
      {
        'package.json': { name: 'company' },
        'pnpm-workspace.yaml': 'packages: [frontend, plugins/*, apps/*, "!plugins/crm"]',
        'frontend/package.json': shell('frontend'),
      },
      'apps/crm',
    ],
  ])('is %s', (_, files, dir) => {
    expect(made(workspace(files), 'crm').dir).toBe(dir)
  })

  test('is the one that --dir names', () => {
    const root = workspace({ ...company, ...inNpm('frontend', 'apps/*/frontend', 'more/*') })
    expect(made(root, 'crm', '--dir', 'more/customers')).toMatchObject({
      dir: 'more/customers',
      package: '@company/crm',
      plugin: 'crm',
      reason: 'as --dir says',
    })
  })
})

describe('it writes what the workspace has', () => {
  test('scope, versions, peers, and the key of the tag', () => {
    const root = workspace({
      ...company,
      'frontend/package.json': shell('@company/frontend', {
        dependencies: { '@framework-m/plugin-sdk': 'workspace:^', react: '~19.3.0' },
        scripts: { start: 'vite' },
      }),
      'apps/wms/frontend/package.json': plugin('@company/wms', {
        'framework-m': undefined,
        'company:plugin': true,
        peerDependencies: { react: '^19.0.0' },
        devDependencies: { '@types/react': '^19.1.0', typescript: '^5.9.0' },
      }),
    })
    const { manifest, next } = made(root, 'crm', '--metadata-key', 'company:plugin')
    expect(manifest).toEqual({
      name: '@company/crm',
      version: '0.1.0',
      private: true,
      type: 'module',
      'company:plugin': true,
      scripts: { test: 'node --test', typecheck: 'tsc -p .' },
      peerDependencies: { '@framework-m/plugin-sdk': 'workspace:^', react: '^19.0.0' },
      devDependencies: {
        '@framework-m/plugin-sdk': 'workspace:^',
        '@types/react': '^19.1.0',
        react: '~19.3.0',
        typescript: '^5.9.0',
        vite: '^7.0.0 || ^8.0.0',
      },
    })
    expect(next).toEqual(['npm install', 'npm run start -w @company/frontend', 'open /crm in the shell'])
  })

  test('paths to packages, from where the plugin is', () => {
    const root = workspace({
      ...inNpm('frontend', 'apps/*/frontend'),
      'frontend/package.json': shell('frontend', { dependencies: { react: 'file:../vendor/react' } }),
    })
    const { manifest } = made(root, 'crm', '--dir', 'apps/crm/frontend')
    expect(manifest.devDependencies.react).toBe('file:../../../vendor/react')
    expect(manifest.peerDependencies.react).toBe('*')
  })

  test('the compiler’s options, also where they have comments', () => {
    const root = workspace({
      ...company,
      'apps/wms/frontend/tsconfig.json':
        '{\n  // ours\n  "extends": "../../../tsconfig.base.json",\n  "compilerOptions": { "types": ["vite/client"], },\n}',
    })
    expect(JSON.parse(made(root, 'crm').read('tsconfig.json'))).toEqual({
      extends: '../../../tsconfig.base.json',
      compilerOptions: { types: ['vite/client'] },
      include: ['src', 'plugin.config.ts', '../../../frontend/framework-m.d.ts'],
    })
  })

  test('a page of React and vitest only where the shell has React and somebody has vitest', () => {
    const without = made(workspace(company), 'crm')
    expect(without.files).toEqual([
      'package.json',
      'plugin.config.ts',
      'plugin.test.js',
      'src/pages/Home.ts',
      'tsconfig.json',
    ])
    expect(without.read('plugin.config.ts')).toContain(`from '@framework-m/plugin-sdk/core'`)
    const withBoth = made(
      workspace({
        ...company,
        'package.json': {
          workspaces: ['frontend', 'apps/*/frontend'],
          devDependencies: { vitest: '^4.0.0' },
        },
        'frontend/package.json': shell('frontend', {
          dependencies: { react: '^19.0.0', 'react-router': '^7.0.0' },
        }),
      }),
      'crm',
    )
    expect(withBoth.files).toEqual(expect.arrayContaining(['plugin.test.ts', 'src/pages/Home.tsx']))
    expect(withBoth.read('plugin.config.ts')).toContain(`from '@framework-m/plugin-sdk'`)
    expect(withBoth.manifest.devDependencies.vitest).toBe('^4.0.0')
  })

  test('the shell’s types, where it has them', () => {
    const types = 'frontend/framework-m.d.ts'
    const root = workspace({ ...company, [types]: '// Generated by Framework M\n' })
    made(root, 'crm')
    expect(readFileSync(join(root, types), 'utf8')).toContain('"/crm"')
    const other = workspace(company)
    made(other, 'crm')
    expect(existsSync(join(other, types))).toBe(false)
  })

  test('the same files again', () => {
    const [one, two] = [workspace(company), workspace(company)].map((root) => {
      const { dir, files, read } = made(root, 'stock-count-2')
      return { dir, texts: files.map(read) }
    })
    expect(one).toEqual(two)
    expect(one?.texts.join()).toContain(`label: 'Stock count 2'`)
  })
})

describe('nothing is written, and the reason is said, where', () => {
  test.each<[string, string[], RegExp, number]>([
    [
      'the package is there',
      ['plugin', 'wms'],
      /package @company\/wms is there already, in apps\/wms\/frontend/,
      1,
    ],
    [
      'the plugin is there',
      ['plugin', '@other/wms'],
      /plugin `wms` is there already, in apps\/wms\/frontend/,
      1,
    ],
    ['the route is taken', ['plugin', 'stock'], /route \/Stock belongs to the plugin `wms`/, 1],
    [
      'the menu item is taken',
      ['plugin', 'repairs'],
      /menu item `repairs.home` belongs to the plugin `wms`/,
      1,
    ],
    [
      'the folder is there',
      ['plugin', 'crm', '--dir', 'apps/wms/frontend'],
      /is there already, and is left/,
      1,
    ],
    ['the folder is a file', ['plugin', 'crm', '--dir', 'package.json'], /is there already, and is left/, 1],
    [
      'the folder is no member',
      ['plugin', 'crm', '--dir', 'crm'],
      /no member.*`workspaces` of package\.json/,
      1,
    ],
    ['the folder is elsewhere', ['plugin', 'crm', '--dir', '..'], /is not in the workspace/, 1],
    ['npm has no such names', ['plugin', 'My Plugin'], /cannot be the name of a package: .*URL-friendly/, 2],
    ['the scope alone is given', ['plugin', '@company/'], /cannot be the name of a package/, 2],
    ['a folder is given', ['plugin', '../crm'], /cannot be the name of a package/, 2],
    ['the name is missing', ['plugin'], /needs a name/, 2],
    ['two names are given', ['plugin', 'a', 'b'], /takes one name.*`b`/, 2],
    ['something else is to be made', ['shell', 'a'], /makes a plugin/, 2],
  ])('%s', (_, args, message, status) => {
    const root = workspace(company)
    const before = entries(root)
    const result = init(root, ...args)
    expect(result.stderr).toMatch(/^error: /)
    expect(result.stderr).toMatch(message)
    expect({ status: result.status, stdout: result.stdout }).toEqual({ status, stdout: '' })
    expect(entries(root)).toEqual(before)
  })

  test('there are several shells, and none is named', () => {
    const shell = { devDependencies: { '@framework-m/vite-plugin': '^0.1.0' } }
    const root = workspace({
      'package.json': { name: 'company', workspaces: ['shop', 'desk', 'plugins/*'] },
      'shop/package.json': { name: 'shop', ...shell },
      'desk/package.json': { name: 'desk', ...shell },
    })
    expect(init(root, 'plugin', 'crm')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        'several shells: desk, shop. Say which one the plugin is made for: --shell desk',
      ),
    })
    expect(entries(root)).not.toContain('plugins')
    expect(init(root, 'plugin', 'crm', '--shell', 'shop')).toMatchObject({ status: 0 })
  })

  test('there is no workspace', () => {
    const root = workspace({ 'package.json': { name: 'alone' } })
    expect(init(root, 'plugin', 'crm')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is no workspace'),
    })
    expect(entries(root)).toEqual(['package.json'])
  })

  test('no usual folder would be a member', () => {
    const root = workspace({ ...inNpm('web'), 'web/package.json': shell('web') })
    expect(init(root, 'plugin', 'crm')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('None of plugins/*'),
    })
  })

  test('a manifest that the versions come from does not parse', () => {
    const root = workspace({ ...company, 'frontend/package.json': '{' })
    const before = entries(root)
    expect(init(root, 'plugin', 'crm')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('frontend/package.json'),
    })
    expect(entries(root)).toEqual(before)
  })
})
