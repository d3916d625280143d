/** `framework-m.d.ts` and the types of the SDK, in the programs of a shell and of its plugins. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Composer } from '@framework-m/composer'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compilerHost, configuration, described } from '../compiler.js'

const REPOSITORY = join(import.meta.dirname, '../..')
const FIXTURE = join(REPOSITORY, 'fixtures/types-follow-the-composition/workspace')

let root: string
let shell: string

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-types-')))
  shell = join(root, 'shell')
  cpSync(FIXTURE, root, { recursive: true })
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'), 'junction')
  writeFileSync(join(shell, 'framework-m.d.ts'), new Composer({ root, shell }).compose().types)
})
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))

/** The program of a package, with each file's text as `read` gives it. */
function program(folder: string, read = (text: string) => text): ts.Program {
  const { options, fileNames } = configuration(join(root, folder))
  const isOwn = (file: string) => file.startsWith(`${root}/`) && !file.includes('node_modules')
  const host = compilerHost(options, isOwn)
  const { readFile } = host
  host.readFile = (file) => {
    const text = readFile(file)
    return text !== undefined && isOwn(file) ? read(text) : text
  }
  return ts.createProgram(fileNames, options, host)
}

const PACKAGES = ['shell', 'plugins/wms', 'plugins/crm', 'plugins/hr', 'plugins/old']

test.each(PACKAGES)('%s compiles', (folder) => {
  expect(ts.getPreEmitDiagnostics(program(folder)).map(described)).toEqual([])
})

test.each([
  ['shell', 19],
  ['plugins/wms', 13],
])('%s has the errors that it expects, and says what is right', (folder, count) => {
  const directive = /^\s*(?:\/\/|\{\/\*) @ts-expect-error (\d+) (.*?)(?: \*\/\})?$/
  const found = program(folder, (text) => text.replaceAll('@ts-expect-error', 'expects'))
  const expected = new Map<string, [number, string]>()
  for (const file of configuration(join(root, folder)).fileNames)
    for (const [line, text] of (ts.sys.readFile(file) ?? '').split('\n').entries()) {
      const [, code, message] = directive.exec(text) ?? []
      if (message !== undefined) expected.set(`${file}:${line + 1}`, [Number(code), message])
    }
  expect(expected.size).toBe(count)
  for (const { file, start = 0, code, messageText } of ts.getPreEmitDiagnostics(found)) {
    const place = file && `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line}`
    const [expectedCode, message] = expected.get(place ?? '') ?? []
    const text = ts.flattenDiagnosticMessageText(messageText, '\n')
    expect(message, `${place}: ${text}`).toBeDefined()
    expect([code, text]).toEqual([expectedCode, expect.stringContaining(message ?? '')])
    expected.delete(place ?? '')
  }
  expect([...expected]).toEqual([])
})

test('the plugins of the demo lead where there is something, each in its own way of saying so', () => {
  const erp = join(REPOSITORY, 'fixtures/erp')
  const declarations = join(erp, 'frontend/framework-m.d.ts')
  const { types } = new Composer({ root: erp, shell: join(erp, 'frontend') }).compose()
  const { config } = ts.readConfigFile(join(erp, 'tsconfig.base.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, erp)
  const host = compilerHost(options, (file) => file === declarations)
  const { readFile } = host
  host.readFile = (file) => (file === declarations ? types : readFile(file))
  const plugins = ['finance', 'personnel', 'wms'].map((name) => join(erp, `apps/${name}/frontend`))
  const files = plugins.flatMap((dir) => [
    join(dir, 'plugin.config.ts'),
    ...ts.sys.readDirectory(dir, ['.d.ts'], ['node_modules']),
  ])
  const program = ts.createProgram([declarations, ...files], options, host)
  expect(ts.getPreEmitDiagnostics(program).map(described)).toEqual([])
})

test('two hundred plugins with a thousand routes are checked', () => {
  const many = join(root, 'many')
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(many, file)), { recursive: true })
    writeFileSync(join(many, file), text)
  }
  write('package.json', JSON.stringify({ private: true, workspaces: ['shell', 'plugins/*'] }))
  write('shell/package.json', JSON.stringify({ name: 'shell' }))
  for (let at = 0; at < 200; at++) {
    const name = `plugin-${at}`
    const pages = ['list', 'list/:id', 'new', 'list/:id/edit/:part?', 'report/*']
    const links = ['list', 'list/7', 'new?from=list', 'list/7/edit', 'report/2026/may']
    write(`plugins/${name}/package.json`, JSON.stringify({ name, 'framework-m': true }))
    write(`plugins/${name}/src/Page.ts`, 'export default () => null')
    write(
      `plugins/${name}/plugin.config.ts`,
      `import { defineExtensionPoint, definePlugin } from '@framework-m/plugin-sdk'
export default definePlugin({
  menu: [${links.map((link, item) => `{ name: '${name}.${item}', label: 'Item', route: '/${name}/${link}' }`)}],
  routes: [${pages.map((page) => `{ path: '/${name}/${page}', component: () => import('./src/Page') }`)}],
  extensionPoints: [defineExtensionPoint<{ at: ${at} }>({ id: '${name}.point' })],
  services: { '${name}.service': () => ({ at: ${at} }) },
})
`,
    )
  }
  const { types, diagnostics } = new Composer({ root: many, shell: join(many, 'shell') }).compose()
  expect(diagnostics).toEqual([])
  write('shell/framework-m.d.ts', types)
  const options = { ...configuration(shell).options, types: [] }
  const host = compilerHost(options)
  const checked = ts.createProgram([join(many, 'shell/framework-m.d.ts')], options, host)
  expect(checked.getSourceFiles().filter(({ fileName }) => fileName.includes('/plugins/'))).toHaveLength(400)
  expect(ts.getPreEmitDiagnostics(checked)).toEqual([])
  expect(checked.getInstantiationCount()).toBeLessThan(300_000)
})

describe('in an editor', () => {
  /** What is offered at the end of a text in the program of wms. */
  function offered(text: string, rest: string): string[] {
    const file = join(root, 'plugins/wms/src/edited.ts')
    const { options, fileNames } = configuration(join(root, 'plugins/wms'))
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...fileNames, file],
      getScriptVersion: () => '1',
      getScriptSnapshot: (name) => {
        const content = name === file ? text + rest : ts.sys.readFile(name)
        return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (name) => name === file || ts.sys.fileExists(name),
      readFile: ts.sys.readFile,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    }
    const service = ts.createLanguageService(host)
    const { entries = [] } = service.getCompletionsAtPosition(file, text.length, undefined) ?? {}
    service.dispose()
    return entries.map(({ name }) => name)
  }

  const head = `import { definePlugin } from '@framework-m/plugin-sdk'\nexport default definePlugin({ `

  test('the routes are offered for a menu item', () => {
    const routes = offered(`${head}menu: [{ name: 'a.b', label: 'B', route: '`, `' }] })`)
    expect(routes).toEqual(
      expect.arrayContaining(['/crm/people', '/hr/leave', '/old', '/settings', '/wms/report', '/wms/stock']),
    )
  })

  test('the points are offered for an extension', () => {
    const points = offered(`${head}extensions: [{ id: 'a.b', point: '`, `' }] })`)
    expect(points).toEqual(expect.arrayContaining(['header.right', 'crm.person', 'wms.stock.toolbar']))
  })

  test('the fields are offered for a plugin and for an extension point', () => {
    expect(offered(head, ` })`)).toEqual(expect.arrayContaining(['menu', 'extensionPoints', 'services']))
    const fields = offered(`${head}extensionPoints: [{ `, ` }] })`)
    expect(fields).toEqual(expect.arrayContaining(['id', 'description']))
  })
})
