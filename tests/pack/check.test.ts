/** `framework-m check --pack`, held against the tarballs that npm makes and against shells that install them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Composer, type Diagnostic } from '@framework-m/composer'
import { afterEach, describe, expect, test } from 'vitest'
import { remove, repository, temporary } from './release.js'

const command = join(repository, 'npm/composer/bin/framework-m.js')

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) remove(root)
})

/** A plugin package: what its package.json says beside its name, and its files. */
interface Plugin {
  manifest: object
  files: Record<string, string>
}

/** A workspace of a shell and plugins, by their folders in `plugins`. */
function workspace(plugins: Record<string, Plugin>): string {
  const root = temporary('check')
  roots.push(root)
  write(root, 'package.json', json({ name: 'acme', private: true, workspaces: ['shell', 'plugins/*'] }))
  write(root, 'shell/package.json', json({ name: '@acme/shell', private: true, version: '1.0.0' }))
  for (const [name, { manifest, files }] of Object.entries(plugins)) {
    const own = { name: `@acme/${name}`, version: '1.0.0', type: 'module', ...manifest }
    for (const [file, text] of Object.entries({ 'package.json': json(own), ...files }))
      write(root, join('plugins', name, file), text)
  }
  return root
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

function check(root: string, ...args: string[]) {
  const all = [command, 'check', '--pack', '--root', root, '--shell', join(root, 'shell'), ...args]
  const { stdout, stderr, status } = spawnSync(process.execPath, all, { encoding: 'utf8' })
  return { stdout, stderr, status }
}

const found = (root: string): Diagnostic[] => JSON.parse(check(root, '--format', 'json').stdout)

/** Packs a plugin as a release would, and gives the files in the tarball. */
function pack(root: string, name: string): { tarball: string; files: string[] } {
  const folder = join(root, 'plugins', name)
  execFileSync('npm', ['pack', '--silent', '--pack-destination', root], { cwd: folder })
  const tarball = join(root, `acme-${name}-1.0.0.tgz`)
  const lines = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
  return { tarball, files: lines.map((line) => line.replace(/^package\//, '')) }
}

/** Whether a shell elsewhere that has installed the tarball finds a plugin in it. */
function composes(root: string, tarball: string): boolean {
  const shell = join(root, 'elsewhere')
  write(root, 'elsewhere/package.json', json({ name: 'elsewhere', dependencies: { '@acme/wms': '*' } }))
  const installed = join(shell, 'node_modules/@acme/wms')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
  const { composition } = new Composer({ root: shell, shell }).compose()
  return composition.plugins.some(({ name, status }) => name === 'wms' && status === 'included')
}

const config = "export default { name: 'wms', label: 'Warehouse' }\n"
const paged = `import { label } from './label.js'
export default { name: 'wms', label, routes: [{ path: '/wms', component: () => import('./pages/Stock.js') }] }
`
const parts = {
  'dist/label.js': "import './label.css'\nexport const label = 'Warehouse'\n",
  'dist/label.css': '',
  'dist/pages/Stock.js': 'export default () => null\n',
}
const built = { 'framework-m': { plugin: './dist/plugin.config.js' } }
const source = { 'plugin.config.ts': config }

interface Case {
  name: string
  plugin: Plugin
  /** The file that is missing in the tarball. */
  missing?: string
  /** What is said of it: the code, the file and the text of each label, and a part of the help. */
  said?: [code: string, labels: string[], help: string]
  /** Whether a shell that installs the tarball composes the plugin; what its build misses is seen later still. */
  composes: boolean
}

const cases: Case[] = [
  {
    name: 'all that is imported is packed',
    plugin: {
      manifest: { ...built, files: ['dist'] },
      files: { ...source, ...parts, 'dist/plugin.config.js': paged },
    },
    composes: true,
  },
  {
    name: 'a source that is packed needs no build',
    plugin: { manifest: { 'framework-m': true }, files: source },
    composes: true,
  },
  {
    name: '`files` does not list the folder',
    plugin: { manifest: { ...built, files: ['src'] }, files: { ...source, 'dist/plugin.config.js': config } },
    missing: 'dist/plugin.config.js',
    said: [
      'FM1301',
      ['plugins/wms/package.json:6 is not in the tarball', 'plugins/wms/package.json:8 says what is packed'],
      'Add `"dist"` to `files`',
    ],
    composes: false,
  },
  {
    name: 'a .gitignore leaves out what was built',
    plugin: { manifest: built, files: { '.gitignore': 'dist\n', 'dist/plugin.config.js': config } },
    missing: 'dist/plugin.config.js',
    said: ['FM1301', ['plugins/wms/package.json:6 is not in the tarball'], '"files": ["dist"]'],
    composes: false,
  },
  {
    name: 'the tag names a source that stays at home',
    plugin: {
      manifest: { 'framework-m': './plugin.config.ts', files: ['dist'] },
      files: { ...source, 'dist/plugin.config.js': config },
    },
    missing: 'plugin.config.ts',
    said: [
      'FM1301',
      ['plugins/wms/package.json:5 is not in the tarball', 'plugins/wms/package.json:6 says what is packed'],
      '"plugin": "./dist/plugin.config.js"',
    ],
    composes: false,
  },
  {
    name: 'an entry of `files` takes pages out again',
    plugin: {
      manifest: { ...built, files: ['dist', '!dist/pages'] },
      files: { ...source, ...parts, 'dist/plugin.config.js': paged },
    },
    missing: 'dist/pages/Stock.js',
    said: [
      'FM1301',
      [
        'plugins/wms/dist/plugin.config.js:2 is not in the tarball',
        'plugins/wms/package.json:6 whoever installs the plugin comes from here',
        'plugins/wms/package.json:8 says what is packed',
      ],
      'begins with `!`',
    ],
    composes: false,
  },
  {
    name: 'an .npmignore leaves out a style sheet',
    plugin: {
      manifest: built,
      files: { '.npmignore': '*.css\n', ...source, ...parts, 'dist/plugin.config.js': paged },
    },
    missing: 'dist/label.css',
    said: [
      'FM1301',
      [
        'plugins/wms/dist/label.js:1 is not in the tarball',
        'plugins/wms/package.json:6 whoever installs the plugin comes from here',
      ],
      'An .npmignore, or without one a .gitignore, leaves it out',
    ],
    composes: true,
  },
  {
    name: 'nothing was built',
    plugin: { manifest: { ...built, files: ['dist'] }, files: source },
    missing: 'dist/plugin.config.js',
    said: [
      'FM1302',
      ['plugins/wms/package.json:6 is not there', 'plugins/wms/package.json:8 says what is packed'],
      'Build the package first',
    ],
    composes: false,
  },
]

describe.each(cases)('where $name', ({ plugin, missing, said, composes: expected }) => {
  test('the tarball is judged by what npm packs', () => {
    const root = workspace({ wms: plugin })
    const diagnostics = found(root)
    const { tarball, files } = pack(root, 'wms')
    if (missing !== undefined && said !== undefined) {
      expect(files).not.toContain(missing)
      const [code, labels, help] = said
      expect(diagnostics).toHaveLength(1)
      const [diagnostic] = diagnostics as [Diagnostic]
      expect(diagnostic.code).toBe(code)
      expect(diagnostic.message).toContain(`\`${missing}\``)
      expect(diagnostic.labels.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual(labels)
      expect(diagnostic.help).toContain(help)
    } else {
      expect(diagnostics).toEqual([])
    }
    expect(composes(root, tarball)).toBe(expected)
  })
})

describe('the command', () => {
  const broken: Plugin = {
    manifest: { ...built, files: ['src'] },
    files: { 'dist/plugin.config.js': config, ...source },
  }

  test('says of each plugin whether it was checked, and why not', () => {
    const other = { 'plugin.config.ts': "export default { label: 'Another' }\n" }
    const { stdout, status } = check(
      workspace({
        crm: { manifest: { 'framework-m': true, private: true }, files: other },
        hr: { manifest: { 'framework-m': true, publishConfig: { directory: 'dist' } }, files: other },
        off: { manifest: { 'framework-m': false }, files: {} },
        plain: { manifest: {}, files: {} },
        wms: { manifest: { 'framework-m': true }, files: source },
      }),
    )
    expect(stdout).toBe(`not checked: @acme/crm, because it is private
not checked: @acme/hr, because its folder \`dist\` is published in its place
not checked: @acme/off, because its tag turns it off
checked: @acme/wms, 2 files
nothing to report
`)
    expect(status).toBe(0)
  })

  test('says so where there is nothing to check', () => {
    expect(check(workspace({})).stdout).toContain('no package of this workspace is a plugin')
  })

  test('passes on why npm cannot pack a package', () => {
    const root = workspace({ wms: { manifest: { 'framework-m': true, version: undefined }, files: source } })
    const [diagnostic] = found(root)
    expect(diagnostic).toMatchObject({
      code: 'FM1303',
      labels: [{ file: 'plugins/wms/package.json', line: 4 }],
    })
    expect(diagnostic?.message).toMatch(/^npm cannot pack `@acme\/wms`: .*version/i)
    expect(check(root).stdout).toContain('checked: @acme/wms, which cannot be packed')
  })

  test('runs no script of a package', () => {
    const manifest = { 'framework-m': true, scripts: { prepack: 'exit 9', prepare: 'exit 9' } }
    expect(check(workspace({ wms: { manifest, files: source } }))).toMatchObject({ status: 0, stderr: '' })
  })

  test('without `--pack` asks nobody', () => {
    const root = workspace({ wms: broken })
    const args = [command, 'check', '--root', root, '--shell', join(root, 'shell')]
    const env = { ...process.env, PATH: '' }
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', env })
    expect({ stdout, status }).toEqual({ stdout: 'nothing to report\n', status: 0 })
  })

  test('without npm says that it is needed', () => {
    const root = workspace({ wms: broken })
    const args = [command, 'check', '--pack', '--root', root, '--shell', join(root, 'shell')]
    const env = { ...process.env, PATH: '' }
    const { stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', env })
    expect(stderr).toBe('error: npm, which is asked what it would pack, is not there: it comes with Node\n')
    expect(status).toBe(2)
  })

  test('fails in every format, and machines get nothing but the format', () => {
    const root = workspace({ wms: broken })
    const pretty = check(root)
    expect(pretty.stdout).toContain('FM1301')
    expect(pretty.stdout).toContain('"plugin": "./dist/plugin.config.js"')
    expect(pretty.stdout).toContain('1 error')
    const github = check(root, '--format', 'github')
    expect(github.stdout).toMatch(
      /^::error file=plugins\/wms\/package\.json,line=6,.*title=FM1301 not-packed::/,
    )
    expect(github.stderr).toContain('checked: @acme/wms, 1 file\n')
    const sarif = check(root, '--format', 'sarif')
    expect(JSON.parse(sarif.stdout).runs[0].results[0]).toMatchObject({ ruleId: 'FM1301', level: 'error' })
    const statuses = [pretty, github, sarif, check(root, '--json')].map(({ status }) => status)
    expect(statuses).toEqual([1, 1, 1, 1])
  })
})
