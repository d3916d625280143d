import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const CLIENT = join(import.meta.dirname, '../../npm/vite-plugin/client.d.ts')

/** The messages of the compiler over these sources and the client's types. */
function problems(sources: Record<string, string>): string[] {
  const files: Record<string, string> = { ...sources, 'client.d.ts': readFileSync(CLIENT, 'utf8') }
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    lib: ['lib.es2022.d.ts'],
    target: ts.ScriptTarget.ES2022,
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists, getSourceFile } = host
  host.readFile = (name) => files[name] ?? readFile(name)
  host.fileExists = (name) => name in files || fileExists(name)
  host.getSourceFile = (name, version) =>
    name in files ? ts.createSourceFile(name, files[name] ?? '', version) : getSourceFile(name, version)
  const program = ts.createProgram(Object.keys(files), options, host)
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

const SHELL = `import plugins, { menu, routes } from 'virtual:framework-m-plugins'
import again, { extensions } from '~framework-m/plugins'
import config, { code } from 'virtual:framework-m-plugins/wms'
const labels: FrameworkM.Text[] = menu.flatMap((group) => group.children ?? []).map((item) => item.label)
const pages: Promise<{ default: unknown }>[] = routes.flatMap((route) => (route.component ? [route.component()] : []))
const heaviest: number | undefined = extensions['header.right']?.[0]?.weight
export default [labels, pages, heaviest, config, code, again === plugins]
`

test('the virtual modules have types of their own', () => {
  expect(problems({ 'shell.ts': SHELL })).toEqual([])
  expect(
    problems({ 'shell.ts': `import { menus } from 'virtual:framework-m-plugins'\nexport default menus` }),
  ).toHaveLength(1)
})

test('the composition’s types narrow the names', () => {
  const generated = `declare namespace FrameworkM {\n  interface Composition {\n    plugin: "wms" | "crm"\n  }\n}\n`
  const asks = (name: string) =>
    `import plugins from 'virtual:framework-m-plugins'\nexport default plugins.some((plugin) => plugin.name === '${name}')`
  expect(problems({ 'framework-m.d.ts': generated, 'shell.ts': SHELL, 'asks.ts': asks('wms') })).toEqual([])
  expect(problems({ 'framework-m.d.ts': generated, 'asks.ts': asks('wsm') })).toEqual([
    expect.stringContaining('no overlap'),
  ])
  expect(problems({ 'asks.ts': asks('wsm') })).toEqual([])
})
