/** The script that releases: its plan, its refusals, and what it tells npm, with an npm that publishes nothing. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readCheckout } from '../../scripts/release/checkout.js'
import { obstacles } from '../../scripts/release/obstacles.js'
import { readProject } from '../../scripts/release/project.js'
import { remove, repository, temporary } from './release.js'

const script = join(repository, 'scripts/release.js')
const folders = ['composer', 'plugin-sdk', 'vite-plugin']
const platforms = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm64-gnu',
  'linux-arm64-musl',
  'linux-x64-gnu',
  'linux-x64-musl',
  'win32-x64-msvc',
]
const order = [...platforms.map((name) => `composer-${name}`), ...folders].map(
  (name) => `@framework-m/${name}`,
)

let root: string
let checkout: string
beforeEach(() => {
  root = temporary('release-script')
  checkout = join(root, 'checkout')
  for (const folder of folders) {
    const from = join(repository, 'npm', folder)
    cpSync(from, join(checkout, 'npm', folder), {
      recursive: true,
      filter: (file) => !/node_modules$|\.node$/.test(file),
    })
    edit(folder, (manifest) => {
      manifest.repository = { type: 'git', url: 'git+https://example.com/framework-m.git' }
    })
  }
  for (const name of platforms) write(`npm/composer/composer.${name}.node`, `the binary of ${name}`)
  cpSync(join(repository, 'LICENSE'), join(checkout, 'LICENSE'))
  write('.gitignore', 'dist\n*.node\n')
  git('init', '--quiet')
  commit()
})
afterEach(() => remove(root))

function write(file: string, text: string): void {
  writeFileSync(join(checkout, file), text)
}

type Manifest = Record<string, unknown> & { dependencies: Record<string, string> }

function edit(folder: string, change: (manifest: Manifest) => unknown): void {
  const file = `npm/${folder}/package.json`
  const manifest = JSON.parse(readFileSync(join(checkout, file), 'utf8'))
  change(manifest)
  write(file, `${JSON.stringify(manifest, null, 2)}\n`)
}

const pattern = (message: string | RegExp) =>
  typeof message === 'string' ? new RegExp(message.replaceAll(/[.^$*+?()[\]{}|\\]/g, '\\$&')) : message

function depend({ dependencies }: Manifest, name: string, range: string): void {
  dependencies[name] = range
}

/** All packages under another version, committed. */
function version(text: string): void {
  for (const folder of folders) edit(folder, (manifest) => Object.assign(manifest, { version: text }))
  edit(
    'vite-plugin',
    ({ dependencies }) => void Object.assign(dependencies, { '@framework-m/composer': text }),
  )
  commit()
}

function git(...args: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...who, ...args], { cwd: checkout, encoding: 'utf8' })
}

function commit(): void {
  git('add', '--all')
  git('commit', '--quiet', '--message', 'Change', '--allow-empty')
}

function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, '--root', checkout, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { stdout, stderr, status }
}

const rehearse = (published = '0.0.9', ...args: string[]) =>
  run(['--dry-run', '--published', published, '--out', join(root, 'out'), ...args])

describe('a dry run', () => {
  test('makes every tarball, in the order in which they are published', () => {
    const { stdout, stderr, status } = rehearse()
    expect(stderr).toBe('')
    expect(stdout).toContain('Framework M 0.1.0, for those who install `latest`')
    expect([...stdout.matchAll(/^ {2}(@framework-m\/\S+) +\d+ files/gm)].map(([, name]) => name)).toEqual(
      order,
    )
    for (const name of order)
      expect(existsSync(join(root, 'out', `${name.slice(1).replace('/', '-')}-0.1.0.tgz`)), name).toBe(true)
    expect(stdout).toContain('nothing was published')
    expect(status).toBe(0)
  })

  test('leaves the checkout as it is', () => {
    rehearse()
    expect(git('status', '--porcelain')).toBe('')
  })

  test('writes into no folder that holds something else', () => {
    const { stderr, status } = run(['--dry-run', '--published', '0.0.9', '--out', checkout])
    expect(stderr).toContain('is not empty')
    expect(status).toBe(1)
    expect(git('status', '--porcelain')).toBe('')
  })

  test('of a version before its release is for those who ask for the next one', () => {
    version('0.2.0-beta.1')
    expect(rehearse('0.1.0,0.2.0-beta.0').stdout).toContain('for those who install `next`')
  })

  test('has nothing to do where the version is published', () => {
    expect(rehearse('0.0.9,0.1.0')).toMatchObject({
      stdout: '0.1.0 is published already: nothing to do.\n',
      status: 0,
    })
  })

  test('with binaries from elsewhere takes those', () => {
    const bindings = join(root, 'bindings')
    mkdirSync(bindings)
    for (const name of platforms) writeFileSync(join(bindings, `composer.${name}.node`), 'from elsewhere')
    expect(rehearse('0.0.9', '--bindings', bindings).status).toBe(0)
    const packed = join(root, 'out/@framework-m/composer-darwin-x64/composer.darwin-x64.node')
    expect(readFileSync(packed, 'utf8')).toBe('from elsewhere')
  })
})

const refusals: [why: string, arrange: () => void, published: string, message: string | RegExp][] = [
  [
    'versions differ',
    () => edit('vite-plugin', (manifest) => Object.assign(manifest, { version: '0.1.1' })),
    '0.0.9',
    'npm/vite-plugin is 0.1.1 and npm/composer is 0.1.0: all packages are published under one version.',
  ],
  [
    'a package takes another version of ours than this one',
    () => edit('vite-plugin', (manifest) => depend(manifest, '@framework-m/composer', '^0.1.0')),
    '0.0.9',
    'npm/vite-plugin/package.json has "@framework-m/composer": "^0.1.0" among its dependencies: it has to be exactly "0.1.0".',
  ],
  [
    'a dependency exists in the checkout only',
    () => edit('plugin-sdk', (manifest) => depend(manifest, 'semver', 'workspace:^')),
    '0.0.9',
    'npm/plugin-sdk/package.json has "semver": "workspace:^" among its dependencies, which means nothing outside of this',
  ],
  [
    'nobody could tell where the code comes from',
    () => edit('plugin-sdk', (manifest) => delete manifest.repository),
    '0.0.9',
    '`repository` is missing in npm/plugin-sdk/package.json: npm takes no provenance without it.',
  ],
  [
    'a binary is missing',
    () => remove(join(checkout, 'npm/composer/composer.darwin-x64.node')),
    '0.0.9',
    /composer-darwin-x64 is not built: .*composer\.darwin-x64\.node is missing\. .*--target x86_64-apple-darwin/,
  ],
  [
    'a package is not compiled',
    () => remove(join(checkout, 'npm/plugin-sdk/dist/core.js')),
    '0.0.9',
    '@framework-m/plugin-sdk is not built: npm/plugin-sdk/dist/core.js is missing. Run `npm run build`.',
  ],
  [
    'a later version is published',
    () => {},
    '0.0.9,0.2.0',
    '@framework-m/composer 0.2.0 is published, which is later than 0.1.0.',
  ],
  [
    'a file is not committed',
    () => write('npm/plugin-sdk/README.md', '# @framework-m/plugin-sdk, changed'),
    '0.0.9',
    'The checkout has changes that are not committed: npm/plugin-sdk/README.md.',
  ],
  [
    'the version is the tag of another commit',
    () => {
      git('tag', '--annotate', '--message', 'x', 'v0.1.0')
      commit()
    },
    '0.0.9',
    /The tag v0\.1\.0 is another commit, [\da-f]{9}, than this one, [\da-f]{9}\./,
  ],
  [
    'there is no commit',
    () => remove(join(checkout, '.git')),
    '0.0.9',
    'This folder is no Git checkout: what is published has to be a commit.',
  ],
]

test.each(refusals)('is refused where %s', (_, arrange, published, message) => {
  arrange()
  const project = readProject(checkout)
  const versions = Object.fromEntries(order.map((name) => [name, published.split(',')]))
  const facts = {
    bindings: join(checkout, 'npm/composer'),
    checkout: readCheckout(checkout),
    published: versions,
  }
  expect(obstacles(project, facts)).toEqual(expect.arrayContaining([expect.stringMatching(pattern(message))]))
})

test('is not refused otherwise', () => {
  const project = readProject(checkout)
  const published = Object.fromEntries(order.map((name) => [name, []]))
  const facts = { bindings: join(checkout, 'npm/composer'), checkout: readCheckout(checkout), published }
  expect(obstacles(project, facts)).toEqual([])
})

test('a dry run says why publishing would be refused, and fails', () => {
  edit('plugin-sdk', (manifest) => delete manifest.repository)
  const { stdout, stderr, status } = rehearse()
  expect(stderr).toContain(
    'Publishing is refused:\n  - `repository` is missing in npm/plugin-sdk/package.json',
  )
  expect(stderr).toContain('  - The checkout has changes that are not committed')
  expect(stdout).not.toContain('nothing was published')
  expect(status).toBe(1)
})

test('nothing counts as published that the registry does not have, unless it is a rehearsal', () => {
  expect(run(['--published', '0.1.0'])).toMatchObject({
    stderr: expect.stringContaining('--published needs --dry-run or --plan'),
    status: 1,
  })
})

/** An npm that packs as npm does, knows the versions in a file, and writes down what it is told to publish. */
describe('publishing', () => {
  const versions = () => join(root, 'versions.json')
  const told = () => join(root, 'told.jsonl')
  const calls = (): string[][] => {
    if (!existsSync(told())) return []
    return readFileSync(told(), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }

  beforeEach(() => {
    const real = execFileSync('which', ['npm'], { encoding: 'utf8' }).trim()
    mkdirSync(join(root, 'bin'))
    const npm = `#!${process.execPath}
const { spawnSync } = require('node:child_process')
const { appendFileSync, readFileSync } = require('node:fs')
const [command, name, ...rest] = process.argv.slice(2)
if (command === 'publish') appendFileSync(${JSON.stringify(told())}, JSON.stringify([name, ...rest]) + '\\n')
else if (command === 'view') {
  const answer = JSON.parse(readFileSync(${JSON.stringify(versions())}, 'utf8'))
  const own = answer.error ? answer : (answer[name] ?? { error: { code: 'E404', summary: 'Not Found' } })
  console.log(JSON.stringify(own))
  process.exitCode = own.error ? 1 : 0
} else process.exitCode = spawnSync(${JSON.stringify(real)}, process.argv.slice(2), { stdio: 'inherit' }).status
`
    writeFileSync(join(root, 'bin/npm'), npm, { mode: 0o755 })
  })

  function publish(registry: object) {
    writeFileSync(versions(), JSON.stringify(registry))
    const path = `${join(root, 'bin')}${delimiter}${process.env.PATH}`
    return run(['--out', join(root, 'out')], { PATH: path })
  }

  const tarball = (name: string) => join(root, 'out', `${name.slice(1).replace('/', '-')}-0.1.0.tgz`)

  test('hands over the tarballs, what depends on others last, with provenance', () => {
    const { stderr, status } = publish({ '@framework-m/composer': ['0.0.8', '0.0.9'] })
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const options = ['--access', 'public', '--provenance', '--tag', 'latest']
    expect(calls()).toEqual(order.map((name) => [tarball(name), ...options]))
  })

  test('goes on where an earlier attempt has ended', () => {
    const done = order.slice(0, 8)
    publish(Object.fromEntries(done.map((name) => [name, '0.1.0'])))
    expect(calls().map(([file]) => file)).toEqual(order.slice(8).map(tarball))
  })

  test('does nothing where there is an obstacle', () => {
    edit('plugin-sdk', (manifest) => delete manifest.repository)
    commit()
    expect(publish({}).status).toBe(1)
    expect(calls()).toEqual([])
  })

  test('does nothing where the registry gives no answer', () => {
    const { stderr, status } = publish({ error: { code: 'ENOTFOUND', summary: 'no such host' } })
    expect(stderr).toContain('npm view @framework-m/composer-darwin-arm64: ENOTFOUND no such host')
    expect(status).toBe(1)
    expect(calls()).toEqual([])
  })
})
