/** Options of a composer that do not exist would do nothing, and nobody would notice. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Composer, evaluateFiles, packages } from '@framework-m/composer'
import { describe, expect, test } from 'vitest'
import { workspace } from './fixture.js'

const root = workspace('seed-example')
const typings = readFileSync(join(import.meta.dirname, '../../npm/composer/index.d.ts'), 'utf8')

/** The keys of an interface, as the generated types have them. */
function keys(name: string): string[] {
  const [, body = ''] = typings.split(`export interface ${name} {`)
  return [...(body.split('\n}')[0] ?? '').matchAll(/^ {2}(\w+)\?:/gm)].map(([, key]) => key ?? '')
}

describe('an option that does not exist throws', () => {
  test.each([
    [{ exlude: [] }, 'there is no option `exlude`. Did you mean `exclude`?'],
    [{ routes: { bas: '/app' } }, 'there is no option `routes.bas`. Did you mean `base`?'],
    [{ menu: { override: {} } }, 'there is no option `menu.override`. Did you mean `overrides`?'],
    [
      { menu: { overrides: { stock: { ordr: 1 } } } },
      "there is no option `menu.overrides['stock'].ordr`. Did you mean `order`?",
    ],
  ])('%j', (given, message) => {
    expect(() => new Composer({ root, ...given } as never)).toThrow(message)
    expect(() => evaluateFiles([], given as never)).toThrow(message)
  })

  test('of packages, too', () => {
    expect(() => packages({ rot: root } as never)).toThrow('there is no option `rot`. Did you mean `root`?')
    expect(() => packages({ include: [] } as never)).toThrow('There are root, shell, metadataKey, frames.')
  })
})

describe('a value that an option does not take throws, by the option’s name', () => {
  test.each([
    [{ only: 'orders' }, 'the option `only` is a list of strings, not "orders"'],
    [{ exclude: ['a', 3] }, 'the option `exclude` is a list of strings, not a list of something else'],
    [{ shell: 3 }, 'the option `shell` is a string, not 3'],
    [{ shell: ['a'] }, 'the option `shell` is a string, not a list'],
    [{ hot: 'yes' }, 'the option `hot` is true or false, not "yes"'],
    [{ routes: '/app' }, 'the option `routes` is an object, not "/app"'],
    [{ menu: { overrides: [] } }, 'the option `menu.overrides` is an object, not a list'],
    [
      { menu: { overrides: { stock: { order: '1' } } } },
      'the option `menu.overrides[\'stock\'].order` is a number, not "1"',
    ],
    [{ severity: { FM2003: true } }, "the option `severity['FM2003']` is a string, not true"],
    [
      { env: { 'process.env.A': {} } },
      "the option `env['process.env.A']` is a string, a number, true, false or null, not an object",
    ],
    [{ codeSplitting: 'page' }, 'the option `codeSplitting` is plugin or route, not "page"'],
  ])('%j', (given, message) => {
    expect(() => new Composer({ root, ...given } as never)).toThrow(message)
    expect(() => evaluateFiles([], given as never)).toThrow(message)
  })

  test('a function', () => {
    const given = { include: () => ['a'] }
    expect(() => new Composer({ root, ...given } as never)).toThrow(
      'the option `include` is a list of strings, not a function',
    )
  })

  test('a folder that is not there', () => {
    const gone = join(root, 'nowhere')
    expect(() => new Composer({ root: gone })).toThrow(
      `cannot read the folder ${gone}, which the option \`root\` names`,
    )
    expect(() => new Composer({ root, shell: gone })).toThrow('which the option `shell` names')
    expect(() => packages({ root: gone })).toThrow('which the option `root` names')
  })
})

test.each([
  ['ComposerOptions', (key: string) => new Composer({ root, [key]: undefined } as never)],
  ['MenuOptions', (key: string) => new Composer({ root, menu: { [key]: undefined } } as never)],
  [
    'MenuOverride',
    (key: string) => new Composer({ root, menu: { overrides: { a: { [key]: undefined } } } } as never),
  ],
  ['RouteOptions', (key: string) => new Composer({ root, routes: { [key]: undefined } } as never)],
  ['LocateOptions', (key: string) => packages({ root, [key]: undefined } as never)],
])('every key of %s is one that exists', (name, use) => {
  expect(keys(name).length).toBeGreaterThan(0)
  for (const key of keys(name)) expect(() => use(key)).not.toThrow(/no option/)
})

test('no options are fine, and so is null', () => {
  expect(() => packages(null)).not.toThrow()
  expect(() => evaluateFiles([], undefined)).not.toThrow()
})
