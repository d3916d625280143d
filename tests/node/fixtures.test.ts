import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { compilerHost } from '../compiler.js'
import { compose, expected, names, outputs } from './fixture.js'
import { execute } from './host.js'

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../npm/composer/schema/composition.json'), 'utf8'),
)

test('there are fixtures', () => expect(names.length).toBeGreaterThan(10))

describe.each(names)('%s', (name) => {
  const composed = compose(name)

  test('gives in Node what it gives in Rust', () => {
    expect(outputs(composed)).toEqual(expected(name))
  })

  test('has a composition of the published shape', () => {
    const validate = new Ajv2020({ allErrors: true, formats: { double: true, uint32: true } }).compile(schema)
    validate(JSON.parse(JSON.stringify(composed.composition)))
    expect(validate.errors).toBeNull()
  })

  test('has types that the compiler accepts', () => {
    expect(problems(composed.types)).toEqual([])
  })

  test('has a host module that runs, and loads no code by itself', async () => {
    const { exports, loaded } = await execute(composed.module)
    expect(loaded).toEqual([])
    const plugins = exports.default as { name: string; load: unknown }[]
    const included = composed.composition.plugins.filter(({ status }) => status === 'included')
    expect(plugins.map((plugin) => plugin.name)).toEqual(included.map((plugin) => plugin.name))
    expect(leaves(exports.menu)).toEqual(leaves(composed.composition.menu))
  })
})

test('the seed gives exactly the tree of the seed', async () => {
  const { exports } = await execute(compose('seed-example').module)
  expect(exports.menu).toMatchObject([
    {
      name: 'inventory',
      label: 'Inventory',
      children: [
        { name: 'wms.warehouse', label: 'Warehouse' },
        { name: 'wms.bin_location', label: 'Bin Location' },
      ],
    },
    { name: 'hr', label: 'HR', children: [{ name: 'personnel.employee', label: 'Employee' }] },
  ])
})

type MenuNode = { name: string; label: unknown; route?: string; children?: MenuNode[] }

/** What a menu says, whatever else its nodes hold. */
function leaves(menu: unknown): unknown {
  return (menu as MenuNode[]).map(({ name, route, children }) => ({
    name,
    route,
    children: leaves(children ?? []),
  }))
}

/** What the compiler says of a declaration file alone: imports of configurations lead nowhere here. */
function problems(types: string): string[] {
  const file = '/framework-m.d.ts'
  const options = { noEmit: true, strict: true, types: [], lib: ['lib.es2023.d.ts'] }
  const host = compilerHost(options)
  const source = ts.createSourceFile(file, types, ts.ScriptTarget.ES2023)
  const { getSourceFile } = host
  host.getSourceFile = (name, ...rest) => (name === file ? source : getSourceFile(name, ...rest))
  const program = ts.createProgram([file], options, host)
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
  return found
    .filter(({ code }) => code !== 2307)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}
