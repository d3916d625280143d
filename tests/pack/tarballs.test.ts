/** What is in the tarballs of a release, and what publint and Are The Types Wrong say of them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, describe, expect, test } from 'vitest'
import { type Packed, release, repository } from './release.js'

const released = release()
afterAll(() => released.remove())

const attw = join(repository, 'node_modules/.bin/attw')
const byName = released.packed.map((item) => [item.name, item] as const)
const withCode = byName.filter(([, { target }]) => target === undefined)

/** The paths in a tarball, as tar lists them, sorted. */
function list(tarball: string): string[] {
  const lines = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => line.replace(/^package\//, '')).sort()
}

function read(tarball: string, file: string): string {
  return execFileSync('tar', ['-xzOf', tarball, `package/${file}`], { encoding: 'utf8', maxBuffer: 1 << 26 })
}

test('there is one for each package, and for the binary of this machine', () => {
  expect(withCode.map(([name]) => name)).toEqual([
    '@framework-m/composer',
    '@framework-m/plugin-sdk',
    '@framework-m/vite-plugin',
  ])
  expect(byName).toHaveLength(4)
  const rows = released.packed.map(({ name, files, size, unpackedSize }) => [
    name.padEnd(40),
    `${files.length} files`.padStart(10),
    `${(size / 1000).toFixed(1)} kB`.padStart(10),
    `${(unpackedSize / 1000).toFixed(1)} kB unpacked`.padStart(20),
  ])
  console.log(rows.map((row) => row.join('')).join('\n'))
})

describe.each(byName)('%s', (_, { tarball, manifest, target }: Packed) => {
  const files = list(tarball)
  const packed = JSON.parse(read(tarball, 'package.json'))

  test('runs nothing when it is installed', () => {
    expect(packed).not.toHaveProperty('scripts')
    expect(files).not.toContain('binding.gyp')
  })

  test('says what it is, under which licence, and for which Node', () => {
    expect(packed).toEqual(manifest)
    const { description, license, engines, type, version } = packed
    expect({ license, engines, version }).toEqual({
      license: 'MIT',
      engines: { node: '>=20.19' },
      version: released.version,
    })
    expect(description).toMatch(/\w/)
    expect(type).toBe(target ? 'commonjs' : 'module')
    expect(read(tarball, 'LICENSE')).toBe(readFileSync(join(repository, 'LICENSE'), 'utf8'))
    expect(read(tarball, 'README.md')).toContain(packed.name)
  })

  test('has nothing that only the checkout needs', () => {
    const needless =
      /(^|\/)(src|tests?|node_modules)\/|\.(map|tsbuildinfo|rs|toml)$|\.test\.|tsconfig\.json$|(?<!\.d)\.ts$/
    expect(files.filter((file) => needless.test(file))).toEqual([])
    expect(files.filter((file) => file.endsWith('.node'))).toHaveLength(target ? 1 : 0)
    expect(packed).not.toHaveProperty('devDependencies')
    expect(JSON.stringify(packed)).not.toMatch(/"(workspace|catalog|file|link):/)
  })

  test('publint has nothing to say', async () => {
    const content = new Uint8Array(readFileSync(tarball))
    const { messages, pkg } = await publint({ pack: { tarball: content.buffer }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })
})

describe.each(withCode)('%s', (_, { tarball }: Packed) => {
  const files = list(tarball)
  const packed = JSON.parse(read(tarball, 'package.json'))

  test('exports what it has, types first, and is free of side effects', () => {
    expect(packed.sideEffects).toBe(false)
    for (const target of Object.values<string | Record<string, string>>(packed.exports)) {
      const paths = typeof target === 'string' ? [target] : Object.values(target)
      for (const path of paths) expect(files).toContain(path.slice(2))
      if (typeof target !== 'string') expect(Object.keys(target)[0]).toBe('types')
    }
  })

  /**
   * `esm-only` leaves out what is none of our business: `require` in Node before it could load modules, and the resolution
   * of Node 10, which knows no `exports`. `node >= 20.19` can require modules.
   */
  test('the types are right', () => {
    const args = [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color']
    const { status, stdout } = spawnSync(attw, args, { encoding: 'utf8' })
    expect(status, stdout).toBe(0)
    expect(stdout).toContain('(ESM)')
  })
})

test('the composer asks for the binary of each platform, in exactly its version', () => {
  const composer = released.packed.find(({ name }) => name === '@framework-m/composer')
  const platforms = released.packages.filter(({ target }) => target !== undefined)
  expect(platforms).toHaveLength(7)
  expect(composer?.manifest.optionalDependencies).toEqual(
    Object.fromEntries(platforms.map(({ name }) => [name, released.version])),
  )
})
