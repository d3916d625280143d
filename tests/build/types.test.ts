import { join } from 'node:path'
import { Composer } from '@framework-m/composer'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manyPlugins, type Workspace, workspace } from './workspace.js'

const CLIENT = join(import.meta.dirname, '../../npm/vite-plugin/client.d.ts')
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.ReactJSX,
  types: [],
}

let app: Workspace
beforeAll(() => {
  app = workspace(manyPlugins(2))
})
afterAll(() => app.remove())

/** What the compiler says of this source in the shell, and of the declarations it is compiled with. */
function problems(source: string, declarations: string[] = []): string[] {
  app.write('frontend/src/typed.ts', source)
  const files = [join(app.shell, 'src/typed.ts'), CLIENT, ...declarations]
  const program = ts.createProgram(files, OPTIONS)
  return files
    .flatMap((file) => [...ts.getPreEmitDiagnostics(program, program.getSourceFile(file))])
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

/** The composition's own types, written as the plugin writes them. */
function generated(): string[] {
  app.write('frontend/framework-m.d.ts', new Composer({ shell: app.shell }).compose().types)
  return [join(app.shell, 'framework-m.d.ts')]
}

const SHELL = `import plugins, { menu, routes } from 'virtual:framework-m-plugins'
import again, { extensions } from '~framework-m/plugins'
import config, { code } from 'virtual:framework-m-plugins/wms'
const labels: FrameworkM.Text[] = menu.flatMap((group) => group.children ?? []).map((item) => item.label)
const pages: Promise<{ default: unknown }>[] = routes.flatMap((route) => (route.component ? [route.component()] : []))
const heaviest: number | undefined = extensions['header.right']?.[0]?.weight
export default [labels, pages, heaviest, config, code, again === plugins]
`
const asksFor = (name: string) =>
  `import plugins from 'virtual:framework-m-plugins'\nexport default plugins.some((plugin) => plugin.name === '${name}')\n`
const uses = (member: string) =>
  `declare const service: FrameworkM.Composition['services']['wms.main']\nexport const mark: string = service.${member}\n`

test('the virtual modules have types of their own', () => {
  expect(problems(SHELL)).toEqual([])
  expect(problems(asksFor('wsm'))).toEqual([])
  expect(problems(`import { menus } from 'virtual:framework-m-plugins'\nexport default menus`)).toHaveLength(
    1,
  )
})

test('the composition’s types narrow them', () => {
  expect(problems(SHELL, generated())).toEqual([])
  expect(problems(asksFor('wms'), generated())).toEqual([])
  expect(problems(asksFor('wsm'), generated())).toEqual([expect.stringContaining('no overlap')])
  expect(problems(uses('mark'), generated())).toEqual([])
  expect(problems(uses('nope'), generated())).toEqual([expect.stringContaining("'nope' does not exist")])
})
