/** How the packed composer finds its binary, and what it says where there is none. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { type Packed, release, remove, repository, temporary } from './release.js'

const released = release()
afterAll(() => released.remove())

const own = released.packed.find(({ target }) => target !== undefined) as Packed
const platform = own.name.replace('@framework-m/composer-', '')
const binary = join(own.folder, `composer.${platform}.node`)

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) remove(root)
})

/** A folder in which the composer is installed from its tarball, with these packages of platforms beside it. */
function installed(platforms: Record<string, string | Uint8Array> = {}): string {
  const root = temporary('platform')
  roots.push(root)
  const scope = join(root, 'node_modules/@framework-m')
  unpack(released.packed.find(({ name }) => name === '@framework-m/composer') as Packed, scope)
  for (const name of ['jsonc-parser', 'validate-npm-package-name'])
    symlinkSync(join(repository, 'node_modules', name), join(root, 'node_modules', name), 'junction')
  for (const [name, content] of Object.entries(platforms)) {
    const item = released.packages.find((item) => item.name === `@framework-m/composer-${name}`)
    const folder = join(scope, `composer-${name}`)
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), JSON.stringify(item?.manifest))
    writeFileSync(join(folder, `composer.${name}.node`), content)
  }
  return root
}

function unpack({ tarball, name }: Packed, scope: string): void {
  const folder = join(scope, name.split('/')[1] ?? '')
  mkdirSync(folder, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'])
}

interface Chosen {
  /** What `process` has to say that it runs on. */
  pretend?: { platform?: string; arch?: string }
  /** Code that runs first. */
  prepare?: string
  env?: NodeJS.ProcessEnv
}

/** Imports the composer in a Node of its own, and prints its exports, or what was thrown. */
function load(root: string, { pretend = {}, prepare = '', env = {} }: Chosen = {}): string {
  const lines = Object.entries(pretend).map(
    ([key, value]) => `Object.defineProperty(process, '${key}', { value: '${value}' })`,
  )
  writeFileSync(join(root, 'prepare.mjs'), [...lines, prepare].join('\n'))
  const script = `import('@framework-m/composer').then(
    (composer) => console.log(Object.keys(composer).join()),
    (error) => console.log(error.name + ' ' + error.message + '\\nCause: ' + error.cause?.message))`
  const args = ['--import', './prepare.mjs', '--input-type=module', '--eval', script]
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: clean(env),
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout.trim()
}

/** The environment, without what could name a binary. */
function clean(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([key]) => !key.startsWith('NAPI_RS_'))
  return { ...Object.fromEntries(kept), NODE_OPTIONS: '', ...more }
}

const declared = readFileSync(join(repository, 'npm/composer/index.d.ts'), 'utf8')
const exported = [...declared.matchAll(/^export declare (?:class|function|const) (\w+)/gm)].map(
  ([, name]) => name,
)

describe('a binary that fits', () => {
  test('gives everything that the types declare', () => {
    expect(load(installed({ [platform]: readFileSync(binary) }))).toBe(exported.join())
  })

  test('is found without starting a process or asking for a report', () => {
    const prepare = `import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
const refuse = () => { throw process.exit(7) }
for (const name of Object.keys(childProcess)) if (/^(exec|spawn|fork)/.test(name)) childProcess[name] = refuse
syncBuiltinESMExports()
process.report.getReport = refuse`
    expect(load(installed({ [platform]: readFileSync(binary) }), { prepare })).toBe(exported.join())
  })

  test.runIf(process.platform === 'linux')('is found beside one for the other C library', () => {
    const [gnu, musl] = ['gnu', 'musl'].map((library) => `linux-${process.arch}-${library}`) as [
      string,
      string,
    ]
    const both = { [gnu]: 'not for this library', [musl]: readFileSync(binary) }
    expect(load(installed(both))).toBe(exported.join())
  })

  test('may be named by a variable', () => {
    const root = installed()
    cpSync(binary, join(root, 'mine.node'))
    const env = { NAPI_RS_NATIVE_LIBRARY_PATH: join(root, 'mine.node') }
    expect(load(root, { env })).toBe(exported.join())
  })
})

describe('where there is none', () => {
  const published =
    'published for:   darwin-arm64, darwin-x64, linux-arm64-gnu, linux-arm64-musl, linux-x64-gnu, linux-x64-musl, win32-x64-msvc'

  test('because optional dependencies were left out, the error says so', () => {
    const message = load(installed())
    expect(message).toContain(
      `NoBinding @framework-m/composer ${released.version} has no binary that loads on this`,
    )
    expect(message).toContain(`${process.platform}-${process.arch} (Node ${process.versions.node})`)
    expect(message).toContain(published)
    expect(message).toContain('installed here:  nothing')
    expect(message).toContain('optional dependencies were left out')
    expect(message).toContain('node scripts/native.js --release')
    expect(message).toMatch(/Cause: Cannot find module/)
  })

  test('because everything was installed on another platform, the error names that', () => {
    const message = load(installed({ 'win32-x64-msvc': 'MZ' }))
    expect(message).toContain('installed here:  win32-x64-msvc')
    expect(message).toContain('comes from another platform')
  })

  test.each([
    { pretend: { platform: 'freebsd' }, file: `composer.freebsd-${process.arch}.node` },
    { pretend: { platform: 'linux', arch: 'riscv64' }, file: 'composer.linux-riscv64-gnu.node' },
  ])('because none is published for $pretend, the error tells how to build one', ({ pretend, file }) => {
    const message = load(installed({ [platform]: readFileSync(binary) }), { pretend })
    expect(message).toContain(Object.values(pretend)[0])
    expect(message).toContain(published)
    expect(message).toContain(`installed here:  ${platform}`)
    expect(message).not.toContain('is published and not installed')
    expect(message).toContain(`npm/composer/${file}`)
  })

  test.runIf(process.platform === 'linux')(
    'because it is for the other C library, the error names ours',
    () => {
      const [gnu, musl] = ['gnu', 'musl'].map((library) => `linux-${process.arch}-${library}`) as [
        string,
        string,
      ]
      const [mine, other] = platform === gnu ? [gnu, musl] : [musl, gnu]
      const message = load(installed({ [other]: 'not for this library' }))
      expect(message).toContain(`does not load:   @framework-m/composer-${other}`)
      expect(message).toContain(`@framework-m/composer-${mine} is published and not installed`)
    },
  )

  test('because it does not load, the error says why', () => {
    const message = load(installed({ [platform]: 'no binary' }))
    expect(message).toMatch(
      new RegExp(`does not load:   @framework-m/composer-${platform}: .*composer-${platform}`),
    )
    expect(message).not.toContain('is published and not installed')
  })

  test('at the path that the variable names, nothing else is tried', () => {
    const env = { NAPI_RS_NATIVE_LIBRARY_PATH: '/no/such/file.node' }
    const message = load(installed({ [platform]: readFileSync(binary) }), { env })
    expect(message).toContain('The binary that NAPI_RS_NATIVE_LIBRARY_PATH names does not load')
    expect(message).toContain('/no/such/file.node')
  })

  test('the command prints the same without a stack, and exits with 2', () => {
    const root = installed()
    const bin = join(root, 'node_modules/@framework-m/composer/bin/framework-m.js')
    const { status, stderr } = spawnSync(process.execPath, [bin, 'inspect'], {
      env: clean({}),
      encoding: 'utf8',
    })
    expect(stderr).toMatch(/^error: @framework-m\/composer .* has no binary/)
    expect(stderr).not.toContain(' at ')
    expect(status).toBe(2)
  })
})

/** What the checkout's own scripts say is not for users: they have one command to run. */
test('in a checkout, the error says how to build', () => {
  const root = temporary('checkout')
  roots.push(root)
  for (const file of ['package.json', 'index.js', 'binding.js', 'no-binding.cjs'])
    cpSync(join(repository, 'npm/composer', file), join(root, 'node_modules/@framework-m/composer', file))
  expect(load(root)).toContain('This is a checkout: `npm run build` builds one.')
})
