import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { isColoured, painter } from '../../npm/composer/src/paint.js'
import { workspace } from './fixture.js'

const command = join(import.meta.dirname, '../../node_modules/.bin/framework-m')

function run(args: string[], cwd = process.cwd()) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('packages', () => {
  test('lists the root as `.` and every member by folder', () => {
    const { status, stdout } = run(['packages', '--root', workspace('seed-example'), '--json'])
    const tag = { plugin: './dist/plugin.config.js' }
    expect(JSON.parse(stdout)).toEqual([
      { name: 'my-erp-project', version: null, dir: '.', tag: null },
      { name: '@my-company/personnel', version: '1.0.0', dir: 'apps/personnel/frontend', tag },
      { name: '@my-company/wms', version: '1.0.0', dir: 'apps/wms/frontend', tag },
      { name: 'frontend', version: '0.1.0', dir: 'frontend', tag: null },
    ])
    expect(status).toBe(0)
  })

  test('finds the workspace from a folder inside of it', () => {
    const inside = join(workspace('seed-example'), 'apps/wms/frontend')
    expect(run(['packages'], inside).stdout).toContain('my-erp-project')
  })

  test('reads the tag under another key', () => {
    const root = mkdtempSync(join(tmpdir(), 'framework-m-'))
    writeFileSync(join(root, 'package.json'), '{ "name": "a", "vendor:plugin": true }')
    const { stdout } = run(['packages', '--root', root, '--metadata-key', 'vendor:plugin', '--json'])
    expect(JSON.parse(stdout)[0].tag).toBe(true)
  })

  test('says beside the list what is wrong, so that no exit code stands alone', () => {
    const root = mkdtempSync(join(tmpdir(), 'framework-m-'))
    writeFileSync(join(root, 'package.json'), '{ "name": "a", "workspaces": ["b"] }')
    mkdirSync(join(root, 'b'))
    writeFileSync(join(root, 'b/package.json'), '{ "name": ')
    const { status, stdout, stderr } = run(['packages', '--root', root, '--json'])
    expect(JSON.parse(stdout)[0]).toMatchObject({ name: 'a' })
    expect(stderr).toContain('--> b/package.json:1:')
    expect(status).toBe(1)
  })
})

describe('the environment of a build', () => {
  const root = mkdtempSync(join(tmpdir(), 'framework-m-'))
  writeFileSync(join(root, 'package.json'), '{ "name": "a", "framework-m": true }')
  writeFileSync(
    join(root, 'plugin.config.ts'),
    `export default {
  name: 'a',
  label: process.env.TIER,
  menu: [...(import.meta.env.PROD && import.meta.env.VITE_BETA === '1' ? [{ name: 'a.beta', label: 'Beta' }] : [])],
}
`,
  )
  const inspect = (...env: string[]) =>
    run(['inspect', '--root', root, '--shell', root, '--json', ...env.flatMap((each) => ['--env', each])])

  test('is what the command is told', () => {
    const { status, stdout } = inspect(
      'process.env.TIER=gold=plated',
      'import.meta.env.PROD=true',
      'import.meta.env.VITE_BETA=1',
    )
    expect(stdout).toContain('"gold=plated"')
    expect(stdout).toContain('"a.beta"')
    expect(status).toBe(0)
    const off = inspect('process.env.TIER=', 'import.meta.env.PROD=true', 'import.meta.env.VITE_BETA=')
    expect(off.stdout).not.toContain('"a.beta"')
    expect(off.status).toBe(0)
  })

  test('is not known where the command is told nothing, and the help says how to tell it', () => {
    const { status, stdout } = inspect()
    expect(stdout).toContain('--env import.meta.env.PROD=…')
    expect(status).toBe(1)
  })
})

describe('evaluate', () => {
  test('prints a line of JSON a file, in the order of the files', () => {
    const [a, b] = ['apps/wms', 'apps/personnel'].map((app) =>
      join(workspace('seed-example'), app, 'frontend/plugin.config.ts'),
    )
    const { status, stdout } = run(['evaluate', a ?? '', b ?? '', '--json'])
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ file }) => file)).toEqual([a, b])
    expect(lines.map(({ exports }) => exports.default.name)).toEqual(['wms', 'personnel'])
    expect(status).toBe(0)
  })

  test('prints every key, whatever it is named', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'framework-m-')), 'config.json')
    const text = '{"a":{"__proto__":{"b":1},"constructor":2},"c":-0,"d":1e+21}'
    writeFileSync(file, text)
    const { stdout, status } = run(['evaluate', '--json', file])
    expect(stdout).toContain(`"exports":{"default":${text}}`)
    expect(status).toBe(0)
  })

  test('marks code and what is not static, and reports the latter', () => {
    const file = join(workspace('one-odd-leaf-becomes-a-reference'), 'plugins/odd/plugin.config.ts')
    const [module] = run(['evaluate', file, '--json'])
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(module.exports.default.routes[0].component).toMatchObject({ $code: 'import' })
    expect(module.exports.default.menu[0].label).toHaveProperty('$dynamic')
    expect(module.diagnostics[0]).toMatchObject({ code: 'FM3002', labels: [{ line: 5 }] })
  })

  test('writes numbers that JSON.stringify would lose', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'framework-m-')), 'numbers.ts')
    writeFileSync(file, 'export default [-0, NaN, 1e21, undefined]')
    const { exports } = JSON.parse(run(['evaluate', file, '--json']).stdout)
    expect(exports.default).toEqual([-0, { $number: 'NaN' }, 1e21, { $undefined: true }])
  })

  test('reports a file that is not there', () => {
    const { status, stdout } = run(['evaluate', 'no/such/file.ts', '--json'])
    expect(JSON.parse(stdout).diagnostics[0].severity).toBe('error')
    expect(status).toBe(1)
  })
})

describe('inspect', () => {
  test('draws the tree that fixtures expect', () => {
    const root = workspace('every-field')
    const expected = execFileSync('cat', [join(root, '../expected/tree.txt')], { encoding: 'utf8' })
    expect(run(['inspect', '--root', root, '--shell', join(root, 'shell')]).stdout.trim()).toBe(
      expected.trim(),
    )
  })

  test('prints the whole composition as JSON', () => {
    const composition = JSON.parse(run(['inspect', '--root', workspace('seed-example'), '--json']).stdout)
    expect(composition).toMatchObject({ schemaVersion: 1, packageManager: 'pnpm', packages: 4 })
    expect(composition.plugins[0]).toMatchObject({
      name: 'personnel',
      package: '@my-company/personnel',
      status: 'included',
      reason: null,
    })
  })

  test('takes the only shell where it runs in a plugin', () => {
    const plugin = join(workspace('seed-example'), 'apps/wms/frontend')
    expect(run(['inspect'], plugin).stdout).toBe(run(['inspect'], workspace('seed-example')).stdout)
  })

  test('finds the shell from the current folder, and from the root', () => {
    const root = workspace('tags-in-every-form')
    const from = (cwd: string, at: string) => run(['inspect', '--root', at, '--shell', 'shell'], cwd)
    const expected = from(root, '.').stdout
    expect(expected).toContain('plugins')
    expect(from(tmpdir(), root).stdout).toBe(expected)
    expect(from(join(root, 'plugins'), '..').stdout).toBe(expected)
    // A folder of the same name that is not in the workspace is not meant.
    const elsewhere = mkdtempSync(join(tmpdir(), 'framework-m-'))
    mkdirSync(join(elsewhere, 'shell'))
    expect(from(elsewhere, root).stdout).toBe(expected)
    expect(run(['inspect', '--root', root, '--shell', 'shel'], root)).toMatchObject({ status: 2, stdout: '' })
  })

  test('takes the folder it runs in as the shell', () => {
    const shell = join(workspace('tags-in-every-form'), 'shell')
    const { stdout, status } = run(['inspect', '--json'], shell)
    const plugin = JSON.parse(stdout).plugins.find(({ name }: { name: string }) => name === 'other-host')
    expect(plugin).toMatchObject({ status: 'excluded', reason: 'it is for @acme/admin, not for @acme/shell' })
    expect(status).toBe(1)
  })
})

describe('check', () => {
  const conflicts = ['check', '--root', workspace('conflicts-show-both-declarations')]

  test('is silent and fine where nothing is wrong', () => {
    const { status, stdout } = run(['check', '--root', workspace('seed-example')])
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'nothing to report\n' })
  })

  test('shows both declarations, without colours where there is no terminal', () => {
    const { status, stdout } = run(conflicts)
    expect(stdout).toContain('plugins/a/plugin.config.ts:3')
    expect(stdout).toContain('plugins/b/plugin.config.ts:3')
    expect(stdout).not.toContain('\u001b[')
    expect(status).toBe(1)
  })

  test('prints JSON, annotations for GitHub, and SARIF', () => {
    const [json] = JSON.parse(run([...conflicts, '--format', 'json']).stdout)
    expect(json).toMatchObject({ code: 'FM2001', name: 'plugin-conflict', severity: 'error' })
    expect(run([...conflicts, '--format', 'github']).stdout).toMatch(
      /^::error file=plugins\/a\/.*title=FM2001 plugin-conflict::/m,
    )
    const sarif = JSON.parse(run([...conflicts, '--format', 'sarif']).stdout)
    expect(sarif.runs[0].results[0]).toMatchObject({ ruleId: 'FM2001', level: 'error' })
  })
})

describe('explain', () => {
  test.each(['FM2003', 'fm2003', 'route-conflict'])('%s prints the page of a diagnostic', (asked) => {
    const { status, stdout } = run(['explain', asked])
    expect(stdout).toMatch(/^error FM2003 route-conflict\n\nTwo routes match the same paths\./)
    expect(stdout).toContain('─── plugins/wms/plugin.config.ts')
    expect(stdout).not.toContain('```')
    expect(status).toBe(0)
  })

  test('is what a frame tells to do', () => {
    const { stdout } = run(['check', '--root', workspace('conflicts-show-both-declarations')])
    expect(stdout).toContain('= note: framework-m explain FM2003')
  })

  test('suggests a code for one that there is not', () => {
    const { status, stderr } = run(['explain', 'route-conflct'])
    expect(stderr).toContain('Did you mean `route-conflict`?')
    expect(status).toBe(1)
  })
})

describe('wrong usage', () => {
  test('suggests commands and formats', () => {
    expect(run(['inspekt']).stderr).toContain('Did you mean `inspect`?')
    expect(run(['check', '--format', 'sarf']).stderr).toContain('Did you mean `sarif`?')
    expect(run(['check', '--jsn']).stderr).toContain('unknown option `--jsn`. Did you mean `--json`?')
  })

  test('shows how the command is used, and not all that there is', () => {
    const { stderr } = run(['check', '--format'])
    expect(stderr).toBe(
      'error: `--format` needs a value: `--format FORMAT`\n\n' +
        'framework-m check [--pack] [--format pretty|json|github|sarif]\n`framework-m check --help` says more.\n',
    )
  })

  test.each([
    { args: [] },
    { args: ['nonsense'] },
    { args: ['inspect', '--nonsense'] },
    { args: ['inspect', 'file'] },
    { args: ['evaluate'] },
    { args: ['check', '--format', 'nonsense'] },
    { args: ['check', '--format'] },
    { args: ['check', '--json=yes'] },
    { args: ['help', 'nonsense'] },
    { args: ['inspect', '--root', '/no/such/folder'] },
    { args: ['inspect', '--root', ''] },
    { args: ['inspect', '--shell', ''] },
    { args: ['packages', '--metadata-key', ''] },
    { args: ['check', '--env', 'VITE_TIER=gold'] },
    { args: ['check', '--env', 'import.meta.env.VITE_TIER'] },
    { args: ['check', '--env', 'import.meta.env.PROD=yes'] },
  ])('$args exits with 2 and says why', ({ args }) => {
    const { status, stderr } = run(args)
    expect(stderr).toMatch(/^error: ./)
    expect(status).toBe(2)
  })

  test('an old Node is told apart from a broken installation', () => {
    const old =
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.3' } })"
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(old)}`, command, 'check'],
      { encoding: 'utf8' },
    )
    expect(stderr).toBe('error: framework-m needs Node 20.19 or later, and this is 20.18.3.\n')
    expect(status).toBe(2)
  })

  test('help and version are no errors', () => {
    expect(run(['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('framework-m <command>'),
    })
    for (const args of [
      ['check', '--help'],
      ['help', 'check'],
    ])
      expect(run(args)).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^framework-m check .*--pack/s),
      })
    expect(run(['--version'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })
})

test('colours are for terminals, and not where `NO_COLOR` says so', () => {
  vi.stubEnv('NO_COLOR', '')
  expect([{ isTTY: true }, { isTTY: false }, {}].map(isColoured)).toEqual([true, false, false])
  expect(painter({ isTTY: true }).red('error')).not.toBe('error')
  vi.stubEnv('NO_COLOR', '1')
  expect(isColoured({ isTTY: true })).toBe(false)
  expect(painter({ isTTY: true }).red('error')).toBe('error')
  vi.unstubAllEnvs()
})
