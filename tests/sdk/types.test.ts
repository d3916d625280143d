import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const CLIENT = join(import.meta.dirname, '../../npm/vite-plugin/client.d.ts')
const CORE = join(import.meta.dirname, '../../npm/plugin-sdk/src/core.ts')
const FILE = join(import.meta.dirname, 'typed.ts')

const OPTIONS: ts.CompilerOptions = {
  ...{ strict: true, noEmit: true, exactOptionalPropertyTypes: true, types: [], skipLibCheck: true },
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
}

/** What every program has in common. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** What the compiler says of a shell's source. */
function problems(source: string): string[] {
  const text = `import plugins, { subscribe } from 'virtual:framework-m-plugins'
import { PluginRegistry, defineExtensionPoint, definePlugin, follow } from '${CORE.replaceAll('\\', '/').replace(/\.ts$/, '.js')}'
import type * as core from '${CORE.replaceAll('\\', '/').replace(/\.ts$/, '.js')}'
const registry = new PluginRegistry()
${source}
export { plugins, subscribe, registry, defineExtensionPoint, definePlugin, follow }
export type { core }`
  const host = ts.createCompilerHost(OPTIONS)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (file) => file === FILE || fileExists(file)
  host.readFile = (file) => (file === FILE ? text : readFile(file))
  host.getSourceFile = (file, ...rest) => {
    if (file === FILE) return ts.createSourceFile(file, text, OPTIONS.target as ts.ScriptTarget)
    const source = parsed.get(file) ?? getSourceFile(file, ...rest)
    parsed.set(file, source)
    return source
  }
  const program = ts.createProgram([FILE, CLIENT], OPTIONS, host)
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(FILE))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

test('a registry takes what the virtual module has, and what is written by hand', () => {
  expect(
    problems(`
      await registry.registerAll(plugins)
      for (const plugin of plugins) await registry.register(plugin)
      follow(registry, { get: () => plugins, subscribe })
      await registry.register(definePlugin({ name: 'a', services: { 'a.b': () => 1 } }))
      await registry.register({ name: 'b', version: '1.0.0', initialize: ({ signal }) => fetch('/', { signal }) })
    `),
  ).toEqual([])
})

test('a registry takes nothing else', () => {
  expect(problems(`await registry.register({ name: 1 })`)).toHaveLength(1)
  expect(problems(`await registry.register({ name: 'a', menus: [] })`)).toHaveLength(1)
  expect(problems(`registry.getStatus('a')?.state === 'running'`)).toHaveLength(1)
})

test('while no composition is known, a name is any string and stands for anything', () => {
  expect(
    problems(`
      const names: [core.PluginName, core.ServiceName, core.ExtensionPointId, core.PermissionName] = ['a', 'b', 'c', 'd']
      const path: core.RoutePath = names[0]
      const props: core.ExtensionProps<'a.point'> = { anything: 1 }
      const service: core.Service<'a.service'> = path as unknown
      const size: string | number | boolean | undefined = ({} as core.SettingsOf<'a'>).size
      export const plugin = definePlugin({ menu: [{ name: 'a.b', label: 'B', route: names[1] }] })
      export const rest = [props, service, size]
    `),
  ).toEqual([])
  expect(problems(`export const path: core.RoutePath = 1`)).toHaveLength(1)
})

test('what is defined is a plugin, and keeps what it says of itself', () => {
  expect(
    problems(`
      const plugin = definePlugin({
        name: 'a',
        services: { 'a.b': () => 1 as const },
        extensionPoints: [{ id: 'a.c' }, defineExtensionPoint<{ items: string[] }>({ id: 'a.d' })],
      })
      const any: core.FrameworkMPlugin = plugin
      const one: 1 | undefined = plugin.services?.['a.b']()
      const items: string[] | undefined = plugin.extensionPoints?.[1]['~props']?.items
      export const rest = [any, one, items]
    `),
  ).toEqual([])
  expect(problems(`definePlugin({ extensionPoints: [{ id: 'a', descripton: '' }] })`)).toEqual([
    expect.stringContaining("Did you mean to write 'description'?"),
  ])
})

describe('a route path', () => {
  /** What is said of a path where a shell has these routes. */
  const path = (text: string, composition: string) =>
    problems(`declare global { namespace FrameworkM { interface Composition { ${composition} } } }
      export const path: core.RoutePath = '${text}'`)

  test.each([
    ['/', '/'],
    ['/?page=2', '/'],
    ['/', '/:lang?'],
    ['/de', '/:lang?'],
    ['/about', '/:lang?/about'],
    ['/stock/7', '/stock/:id'],
    ['/stock/7?tab=moves', '/stock/:id'],
    ['/stock/7/edit#end', '/stock/:id/edit'],
    ['/stock', '/stock/edit?'],
    ['/stock/edit', '/stock/edit?'],
    ['/files', '/files/*'],
    ['/files?sort=name', '/files/*'],
    ['/files/a/b', '/files/*'],
    ['/anything', '/*'],
  ])('%s fits %s', (text, pattern) => {
    expect(path(text, `routePath: '${pattern}'`)).toEqual([])
  })

  test.each([
    ['/stock', '/stock/:id'],
    ['/stock/7/move', '/stock/:id/edit'],
    ['/stocks', '/stock/edit?'],
    ['/file', '/files/*'],
    ['stock', '/stock'],
    ['/Stock', '/stock'],
  ])('%s does not fit %s', (text, pattern) => {
    expect(path(text, `routePath: '${pattern}'`)).toHaveLength(1)
  })

  test('is written with what the shell puts in front of it or without', () => {
    const based = `routePath: '/app' | '/app/stock/:id' | '/apple'; routeBase: '/app'`
    for (const text of ['/', '/app', '/stock/7', '/app/stock/7', '/apple'])
      expect(path(text, based)).toEqual([])
    for (const text of ['/le', '/app/apple', '/stocks']) expect(path(text, based)).toHaveLength(1)
  })

  test('leads elsewhere where there are no routes', () => {
    expect(path('https://example.com', 'routePath: never')).toEqual([])
    expect(path('/stock', 'routePath: never')).toHaveLength(1)
  })
})

test.each([
  ['are those of React Router', true],
  ['are of any type where that is not installed, and nothing is missing', false],
])('in the SDK as it is published, routes %s', (_, isInstalled) => {
  const text = `import { toReactRouter } from '@framework-m/plugin-sdk'
export const routes: readonly string[] = toReactRouter([])`
  const sdk = join(import.meta.dirname, '../../npm/plugin-sdk/dist/index.d.ts')
  const options: ts.CompilerOptions = { ...OPTIONS, skipLibCheck: false }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (file) => file === FILE || fileExists(file)
  host.getSourceFile = (file, ...rest) =>
    file === FILE ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2023) : getSourceFile(file, ...rest)
  host.resolveModuleNameLiterals = (names, containing) =>
    names.map(({ text: name }) => {
      if (name === 'react-router' && !isInstalled) return { resolvedModule: undefined }
      if (name === '@framework-m/plugin-sdk')
        return { resolvedModule: { resolvedFileName: sdk, extension: ts.Extension.Dts } }
      return ts.resolveModuleName(name, containing, options, host, undefined, undefined, ts.ModuleKind.ESNext)
    })
  const problems = ts.getPreEmitDiagnostics(ts.createProgram([FILE], options, host))
  const own = ({ file }: ts.Diagnostic) => !file?.fileName.includes('node_modules')
  expect(problems.filter(own).map(({ file }) => file?.fileName)).toEqual(isInstalled ? [FILE] : [])
})
