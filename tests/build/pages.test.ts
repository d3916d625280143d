import { describe, expect, test } from 'vitest'
import { anchored } from '../../npm/vite-plugin/src/composition/ids.js'
import { ownership } from '../../npm/vite-plugin/src/graph/ownership.js'
import { sharedModules } from '../../npm/vite-plugin/src/graph/shared-code.js'
import { lightened } from '../../npm/vite-plugin/src/steps/configurations.js'

describe('an import() of a page', () => {
  const code = `export default { a: () => import('./a'), b: lazy(() => import(/* page */ './b')), c: () => import('./c') }\n`
  const at = (text: string, specifier: string, page?: string) => {
    const start = code.indexOf(text)
    return { file: 'plugin.config.ts', start, end: start + text.length, specifier, ...(page && { page }) }
  }

  test('becomes the promise of a static import, and others stay', () => {
    const wanted = [at(`import('./a')`, './a'), at(`import(/* page */ './b')`, './b')]
    expect(lightened(code, wanted)?.code).toBe(
      `export default { a: () => Promise.resolve(__frameworkMPage0), b: lazy(() => Promise.resolve(__frameworkMPage1)), c: () => import('./c') }\n` +
        `\nimport * as __frameworkMPage0 from "./a"\nimport * as __frameworkMPage1 from "./b"`,
    )
  })

  test('becomes an import() of the module that stands for the page', () => {
    const text = lightened(code, [at(`import('./a')`, './a', 'virtual:framework-m-plugins/wms/wms.a')])?.code
    expect(text).toBe(code.replace(`import('./a')`, `import("virtual:framework-m-plugins/wms/wms.a")`))
  })

  test('is the same in a build without source maps, and nobody makes one', () => {
    // Not in the order of the text, and one of them twice.
    const wanted = [
      at(`import(/* page */ './b')`, './b'),
      at(`import('./a')`, './a'),
      at(`import('./a')`, './a'),
    ]
    const [mapped, plain] = [true, false].map((isMapped) => lightened(code, wanted, { isMapped }))
    expect(plain?.code).toBe(mapped?.code)
    expect(mapped?.map?.mappings).toBeTruthy()
    expect(plain?.map).toBeNull()
  })

  test('is found again where another plugin has moved it', () => {
    const moved = `/* a banner */\n${code}`
    expect(lightened(moved, [at(`import('./a')`, './a')])?.code).toContain(
      'a: () => Promise.resolve(__frameworkMPage0)',
    )
  })

  test('is left where there is more than one it could be, or none', () => {
    const twice = `const x = () => import('./a')\n${code}`
    expect(lightened(twice, [at(`import('./a')`, './a')])).toBeUndefined()
    expect(lightened('export default 1', [at(`import('./a')`, './a')])).toBeUndefined()
  })
})

describe('an import of a function that returns what it is given', () => {
  const IDENTITY = 'function definePlugin(given) { return given }'
  const text = (code: string) => lightened(code, [])?.code
  const imported = (clause: string, from = '@framework-m/plugin-sdk') => `import ${clause} from '${from}'`

  test.each([
    [imported('{ definePlugin }'), IDENTITY],
    [imported('{ definePlugin }', '@framework-m/plugin-sdk/core'), IDENTITY],
    [imported('{definePlugin as plugin,}'), 'function plugin(given) { return given }'],
    [imported('{ definePlugin, type FrameworkMPlugin }'), IDENTITY],
    [
      imported('{ definePlugin, defineExtensionPoint }'),
      `${IDENTITY} function defineExtensionPoint(given) { return given }`,
    ],
  ])('becomes the function: %s', (before, after) => {
    const rest = ' // the SDK\nimport { b } from "./b"\nexport default definePlugin({ b })\n'
    expect(text(`/* it's a \n comment */\n'import'\n${before}${rest}`)).toBeUndefined()
    expect(text(`/* it's a \n comment */ import './a'; // "\n${before}${rest}`)).toBe(
      `/* it's a \n comment */ import './a'; // "\n${after}${rest}`,
    )
  })

  test('leaves lines where they are', () => {
    expect(text("import {\n  definePlugin,\n} from '@framework-m/plugin-sdk'\nexport {}")).toBe(
      `${IDENTITY}\n\n\nexport {}`,
    )
  })

  test.each([
    imported('{ definePlugin, useService }'),
    imported('{ definePlugin, FrameworkMPlugin }'),
    imported('{ definePlugin /* or not */ }'),
    imported('{ transient as definePlugin }'),
    imported('sdk, { definePlugin }'),
    imported('* as definePlugin'),
    imported('type { definePlugin }'),
    imported('{ type FrameworkMPlugin }'),
    imported('{ definePlugin }', './define'),
    imported('{ definePlugin }', '@framework-m/plugin-sdk/react'),
    `${imported('{ definePlugin }')} with { type: 'js' }`,
    `${imported('{ definePlugin }')}.x`,
    `const description = \`\n${imported('{ definePlugin }')}\n\``,
    `// ${imported('{ definePlugin }')}`,
    `/*\n${imported('{ definePlugin }')}\n*/`,
    "import sdk = require('@framework-m/plugin-sdk')",
    "import('@framework-m/plugin-sdk').then(({ definePlugin }) => definePlugin)",
  ])('stays: %s', (code) => {
    expect(text(code)).toBeUndefined()
  })

  test('stays in a module that belongs to no configuration', () => {
    expect(lightened(imported('{ definePlugin }'), undefined)).toBeUndefined()
  })
})

describe('specifiers in generated text', () => {
  test('are anchored in the root, and data is not', () => {
    const text = String.raw`import a from "./apps/it's \"x\"/a.ts"
export * from "../b.ts"
const c = () => import("./c.ts")
const data = ["import \"./no.ts\" from \"./no.ts\"", "./no.ts", "from ", "./no.ts"]`
    expect(
      anchored(text, { root: '/home/me "x"/$&' }),
    ).toBe(String.raw`import a from "/home/me \"x\"/$&/apps/it's \"x\"/a.ts"
export * from "/home/me \"x\"/b.ts"
const c = () => import("/home/me \"x\"/$&/c.ts")
const data = ["import \"./no.ts\" from \"./no.ts\"", "./no.ts", "from ", "./no.ts"]`)
  })
})

describe('ownership', () => {
  const plugin = (name: string, dir: string) => ({ name, dir, config: `${dir}/plugin.config.ts`, files: [] })
  const plugins = [
    plugin('outer', 'apps/outer'),
    plugin('inner', 'apps/outer/inner'),
    plugin('bought', 'node_modules/@other/bought'),
  ]
  const entries = [{ id: 'virtual:framework-m-plugins/outer', chunk: 'outer', plugin: 'outer', code: '' }]
  const foreign = ['apps/outer/packages/ui']
  const ownerOf = ownership({ root: '/ws', bundle: { plugins, foreign, dedupe: [], imports: [] }, entries })

  test.each([
    ['/ws/apps/outer/src/a.ts', 'outer'],
    ['/ws/apps/outer/src/a.css?inline', 'outer'],
    ['/ws/apps/outer/inner/a.ts', 'inner'],
    ['/ws/apps/outer/packages/ui/a.ts', undefined],
    ['/ws/apps/outer/a.vue?vue&src=/ws/b/c.css', 'outer'],
    ['/ws/apps/outer2/a.ts', undefined],
    ['/ws/apps/outer/node_modules/react/index.js', undefined],
    ['/ws/node_modules/@other/bought/dist/a.js', 'bought'],
    ['/ws/node_modules/@other/bought/node_modules/react/index.js', undefined],
    ['\0virtual:framework-m-plugins/outer.js', 'outer'],
    ['\0virtual:framework-m-plugins', undefined],
  ])('of %s', (id, owner) => {
    expect(ownerOf(id)).toBe(owner)
  })

  test('sharing is transitive, ends at plugins, and survives cycles', () => {
    const graph: Record<string, string[]> = {
      'a:1': ['x', 'only-a'],
      'b:1': ['x', 'a:1'],
      x: ['y'],
      y: ['z', 'x'],
      z: ['a:2'],
      'only-a': ['deep'],
      deep: [],
      'a:2': ['only-a'],
    }
    const importers = (id: string) => Object.keys(graph).filter((importer) => graph[importer]?.includes(id))
    const owner = (id: string) => /^(.):/.exec(id)?.[1]
    const shared = sharedModules({ ids: Object.keys(graph), importers }, owner)
    expect([...shared].sort()).toEqual(['x', 'y', 'z'])
  })
})
