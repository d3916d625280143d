/** The page about the API has every export, and of each all members; and nothing that is not there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { cells, page, repository, sections } from './page.js'

const sdk = join(repository, 'npm/plugin-sdk')
const manifest = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8')) as {
  exports: Record<string, { types?: string }>
}
const entries = Object.values(manifest.exports).flatMap(({ types }) => (types ? join(sdk, types) : []))
const program = ts.createProgram(entries, {
  strict: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  types: [],
})
const checker = program.getTypeChecker()

/** What the entries of the built package export. One name may be a component in one entry and a type in another. */
const exported = new Map<string, ts.Symbol[]>()
for (const entry of entries) {
  const file = program.getSourceFile(entry)
  const module = file && checker.getSymbolAtLocation(file)
  if (!module) throw new Error(`${entry} is not built`)
  for (const symbol of checker.getExportsOfModule(module)) {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    exported.set(symbol.name, [...(exported.get(symbol.name) ?? []), target])
  }
}

const api = page('docs/api.md')
const written = sections(api)

test('every export has an entry, and every entry is an export', () => {
  const names = new Set(written.flatMap(({ names }) => names))
  expect([...names].sort()).toEqual([...exported.keys()].sort())
})

/** What every error has is not said again. */
const OF_ERRORS = new Set(['name', 'message', 'stack', 'cause'])

/** The public members of an interface or of a class's instances: all, or those that it declares itself. */
function members(symbol: ts.Symbol, all = true): string[] {
  const type = checker.getDeclaredTypeOfSymbol(symbol)
  return checker
    .getPropertiesOfType(type)
    .filter(({ name }) => all || symbol.members?.has(ts.escapeLeadingUnderscores(name)))
    .map(({ name }) => name)
    .filter((name) => !/^(#|~|__)/.test(name) && !(symbol.name.endsWith('Error') && OF_ERRORS.has(name)))
    .sort()
}

const tables = written
  .map(({ names, text }) => ({ name: names.join(), listed: cells(text, 'member') }))
  .filter(({ listed }) => listed.length > 0)

describe.each(tables)('$name', ({ name, listed }) => {
  test('has all its members in its table, and no others', () => {
    const names = listed.flatMap((cell) =>
      [...cell.matchAll(/`(?:new )?([\w$]+)[^`]*`/g)].map(([, member = '']) => member),
    )
    const symbols = exported.get(name) ?? []
    const shapes = symbols.flatMap((symbol) => [members(symbol), members(symbol, false)])
    const inherited = name.endsWith('Error') ? OF_ERRORS : new Set<string>()
    expect(shapes).toContainEqual([...new Set(names)].filter((member) => !inherited.has(member)).sort())
  })
})

test('shapes with members have tables', () => {
  const listed = new Set(tables.map(({ name }) => name))
  const isShape = (symbol: ts.Symbol) => {
    const own = symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class) ? members(symbol) : []
    return own.length > 0 && !own.includes('setState') // A component of React is used, and not called.
  }
  const bare = [...exported].filter(([name, symbols]) => !listed.has(name) && symbols.some(isShape))
  expect(bare.map(([name]) => name)).toEqual([])
})

test('every error that is quoted is provoked by an example', () => {
  const folder = join(repository, 'docs/examples/api')
  const provoked = readdirSync(folder)
    .filter((file) => /\.test\.tsx?$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const texts = cells(api.prose, 'error').map((cell) => cell.replace(/^`+ ?| ?`+$/g, ''))
  expect(texts.length).toBeGreaterThan(15)
  expect(texts.filter((text) => !provoked.includes(text))).toEqual([])
})
