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

/** The public members of an interface, of a class's instances, or of an object type. */
function members(symbol: ts.Symbol): string[] {
  return checker
    .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
    .filter(({ name, valueDeclaration }) => {
      const isHidden =
        valueDeclaration &&
        ts.getCombinedModifierFlags(valueDeclaration) &
          (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)
      return !isHidden && !name.startsWith('~') && !name.startsWith('__')
    })
    .map(({ name }) => name)
}

const tables = written
  .map(({ names, text }) => ({ name: names.join(), listed: cells(text, 'member') }))
  .filter(({ listed }) => listed.length > 0)

describe.each(tables)('$name', ({ name, listed }) => {
  test('has all its members in its table, and no others', () => {
    const names = listed.flatMap((cell) =>
      [...cell.matchAll(/`(?:new )?([\w$]+)[^`]*`/g)].map(([, member = '']) => member),
    )
    const shapes = (exported.get(name) ?? []).map(members).map((list) => [...new Set(list)].sort())
    const inherited = new Set(['name', 'message', 'stack', 'cause'])
    const own = (list: readonly string[]) =>
      name.endsWith('Error') ? list.filter((member) => !inherited.has(member)) : [...list]
    expect(shapes.map(own)).toContainEqual(own([...new Set(names)].sort()))
  })
})

test('shapes with members have tables', () => {
  const listed = new Set(tables.map(({ name }) => name))
  const isShape = (symbol: ts.Symbol) => symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)
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
