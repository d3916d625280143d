import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Composed, ComposerOptions, Diagnostic } from '@framework-m/composer'
import { chunkOf } from './workspace.js'

/** Stands in for `new Composer(options)` of `@framework-m/composer` over the workspaces that `workspace.ts` writes. */
export const open = (options: ComposerOptions) => ({ compose: () => compose(options) as unknown as Composed })

const HOST = 'virtual:framework-m-plugins'

function compose({ shell = '.', codeSplitting = 'plugin', include }: ComposerOptions) {
  const root = dirname(shell)
  const found = readdirSync(join(root, 'apps'))
    .sort()
    .map((folder) => read(root, `apps/${folder}/frontend`))
  const diagnostics = found.flatMap((plugin) => plugin.diagnostics)
  const plugins = found.filter(
    (plugin) => plugin.diagnostics.length === 0 && (include?.includes(plugin.name) ?? true),
  )
  const route = codeSplitting === 'route'
  const text = JSON.stringify
  return {
    root,
    composition: {
      plugins: found.map(({ name, pkg, version, diagnostics }) => ({
        name,
        package: pkg,
        version,
        status: diagnostics.length ? 'broken' : 'included',
      })),
    },
    module: `${plugins.map(({ name }, index) => `const plugin${index} = () => import(${text(`${HOST}/${name}`)})`).join('\n')}
export const menu = [{ name: 'main', label: 'Main', children: ${text(plugins.map(({ name, label }) => ({ name, label })))} }]
export const routes = [
${plugins.flatMap((plugin, index) => plugin.pages.map(({ path }, at) => `  { path: ${text(path)}, component: () => plugin${index}().then((m) => m.code["routes.${at}.component"]()) },`)).join('\n')}
]
export default [${plugins.map(({ name }) => text(name)).join(', ')}]
`,
    entries: plugins.flatMap(({ name, dir, pages }) => {
      const file = (page: string) => text(`./${dir}/${page.slice(2)}.tsx`)
      const id = (page: string) => `${HOST}/${name}/${name}.${page.split('/').at(-1)}`
      const code = pages.map(
        ({ page }, at) =>
          `  "routes.${at}.component": () => ${route ? `import(${text(id(page))})` : `code${at}`},`,
      )
      const imports = route ? [] : pages.map(({ page }, at) => `import * as code${at} from ${file(page)}`)
      const entry = `import config from ${text(`./${dir}/plugin.config.ts`)}\n${imports.join('\n')}\nexport default config\nexport const code = {\n${code.join('\n')}\n  "services.main": () => config.services[${text(`${name}.main`)}],\n}\n`
      const routes = pages.map(({ page }) => ({
        id: id(page),
        chunk: `${name}.${page.split('/').at(-1)}`,
        plugin: name,
        code: `export * from ${file(page)}\nexport { default } from ${file(page)}\n`,
      }))
      return [
        { id: `${HOST}/${name}`, chunk: chunkOf({ name }), plugin: name, code: entry },
        ...(route ? routes : []),
      ]
    }),
    types: `// ${plugins.map(({ name }) => text(name)).join(', ')}\n`,
    watch: {
      files: found.flatMap(({ dir }) => [
        join(root, dir, 'plugin.config.ts'),
        join(root, dir, 'package.json'),
      ]),
      missing: [],
      dirs: [join(root, 'apps')],
    },
    diagnostics,
    bundle: {
      plugins: plugins.map(({ name, dir, pages }) => ({
        name,
        dir,
        config: `${dir}/plugin.config.ts`,
        files: pages.map(({ page }) => `${dir}/${page.slice(2)}.tsx`),
      })),
      dedupe: ['react', 'react-dom'],
      imports: plugins.flatMap(({ name, dir, pages }) =>
        pages.map(({ page, start, end }) => ({
          file: `${dir}/plugin.config.ts`,
          start,
          end,
          specifier: page,
          ...(route && { page: `${HOST}/${name}/${name}.${page.split('/').at(-1)}` }),
        })),
      ),
    },
  }
}

function read(root: string, dir: string) {
  const file = `${dir}/plugin.config.ts`
  const source = readFileSync(join(root, file), 'utf8')
  const manifest = JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8')) as {
    name: string
    version: string
  }
  const string = (key: string) =>
    JSON.parse(new RegExp(`${key}: ("(?:[^"\\\\]|\\\\.)*")`).exec(source)?.[1] ?? '""') as string
  const pages = [...source.matchAll(/path: ("[^"]*"), component: \(\) => (import\('([^']*)'\))/g)].map(
    (match) => {
      const [whole, path = '', call = '', page = ''] = match
      const start = match.index + whole.length - call.length
      return { path: JSON.parse(path) as string, page, start, end: start + call.length }
    },
  )
  const diagnostics: Diagnostic[] = source.includes('lable:') ? [typo(file, source)] : []
  return {
    name: string('name'),
    label: string('label'),
    pkg: manifest.name,
    version: manifest.version,
    dir,
    pages,
    diagnostics,
  }
}

function typo(file: string, source: string): Diagnostic {
  const line = source.slice(0, source.indexOf('lable:')).split('\n').length
  const label = { file, line, column: 1, endLine: line, endColumn: 7, text: '' }
  const message = 'Unknown key `lable`.'
  return {
    code: 'FM4001',
    name: 'unknown-key',
    severity: 'error',
    message,
    labels: [label],
    help: 'Did you mean `label`?',
    frame: `FM4001 ${message}\n  ${file}:${line}:1`,
  }
}
