import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { discover } from './discovery.js'
import { members, type Tool } from './tools.js'

/** A workspace by hand: what the root says, where packages are, and where links lead. */
interface Shape {
  name: string
  tool: Tool
  patterns: string[]
  packages: string[]
  links?: Record<string, string>
  /** Files beside the packages, or instead of their manifests. */
  files?: Record<string, string>
  /** The members that anyone would count by hand. */
  expected: string[]
}

/** The layouts of public monorepos, reduced to what their patterns tell apart, and the traps that were seen. */
const shapes: Shape[] = [
  {
    name: 'packages and private packages, as Vue has them',
    tool: 'pnpm',
    patterns: ['packages/*', 'packages-private/*'],
    packages: [
      'packages/vue',
      'packages/vue/compiler-sfc',
      'packages/runtime-core',
      'packages-private/dts-test',
    ],
    expected: ['packages-private/dts-test', 'packages/runtime-core', 'packages/vue'],
  },
  {
    name: 'a playground under a globstar, with fixtures that have node_modules, as Vite has it',
    tool: 'pnpm',
    patterns: ['packages/*', 'playground/**'],
    packages: [
      'packages/vite',
      'playground/hmr',
      'playground/ssr/nested/dep',
      'playground/node_modules/committed',
    ],
    links: { 'playground/hmr/linked': '../ssr', 'playground/dangling': './nowhere' },
    expected: [
      'packages/vite',
      'playground/hmr',
      'playground/hmr/linked/nested/dep',
      'playground/ssr/nested/dep',
    ],
  },
  {
    name: 'everything but tests, as pnpm itself and many others have it',
    tool: 'pnpm',
    patterns: ['**', '!**/test/**', '!examples/*'],
    packages: [
      'a',
      'a/test/fixture',
      'b/c',
      'examples/one',
      'examples/one/deep',
      '.hidden/d',
      'bower_components/e',
    ],
    expected: ['a', 'b/c', 'examples/one/deep'],
  },
  {
    name: 'groups by kind, as Next.js has them',
    tool: 'pnpm',
    patterns: ['packages/*', 'bench/*', 'crates/*/js', 'turbopack/packages/*'],
    packages: ['packages/next', 'bench/app', 'crates/core/js', 'crates/core/rust', 'turbopack/packages/x'],
    expected: ['bench/app', 'crates/core/js', 'packages/next', 'turbopack/packages/x'],
  },
  {
    name: 'lists and globs in Yarn Berry with nested workspaces, as Babel and Storybook have them',
    tool: 'yarn-berry',
    patterns: ['codemods/*', 'packages/*', '!packages/ignored', 'code/{lib,addons}/*', 'benchmark'],
    packages: ['codemods/a', 'packages/core', 'packages/ignored', 'code/lib/x', 'code/addons/y', 'benchmark'],
    files: {
      'packages/runtime/package.json': '{ "name": "runtime", "workspaces": ["inner"] }',
      'packages/runtime/inner/package.json': '',
    },
    expected: [
      'benchmark',
      'code/addons/y',
      'code/lib/x',
      'codemods/a',
      'packages/core',
      'packages/runtime',
      'packages/runtime/inner',
    ],
  },
  {
    name: 'Yarn 1 with an exclamation mark, and a member without a version',
    tool: 'yarn-classic',
    patterns: ['packages/*', '!packages/c', './website/'],
    packages: ['packages/a', 'packages/b', 'packages/c', 'website'],
    files: {
      'packages/d/package.json': '{ "name": "d" }',
      'packages/e/package.json': '{ "version": "1.0.0" }',
    },
    expected: ['packages/a', 'packages/b', 'packages/c', 'website'],
  },
  {
    name: 'npm with a negation that a later pattern takes back, as its documentation has it',
    tool: 'npm',
    patterns: ['packages/**', '!packages/b/**', 'packages/b/a', './e2e/*'],
    packages: ['packages/a', 'packages/b', 'packages/b/a', 'packages/node_modules/x', 'e2e/test'],
    expected: ['e2e/test', 'packages/a', 'packages/b', 'packages/b/a'],
  },
  {
    name: 'npm with an explicit list, a BOM, CRLF and an unnamed member',
    tool: 'npm',
    patterns: ['client', 'server/', './shared', 'missing'],
    packages: ['client'],
    files: { 'server/package.json': '\uFEFF{\r\n\t"name": "server"\r\n}', 'shared/package.json': '{}' },
    expected: ['client', 'server', 'shared'],
  },
  {
    name: 'Lerna alone',
    tool: 'lerna',
    patterns: ['packages/*', 'tools/**'],
    packages: ['packages/core', 'tools/a/b', 'tools/node_modules/c'],
    links: { 'packages/link': '../tools/a/b' },
    expected: ['packages/core', 'tools/a/b'],
  },
]

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-shapes-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const lockfiles: Partial<Record<Tool, string>> = {
  'yarn-classic': '# yarn lockfile v1\n',
  'yarn-berry': '__metadata:\n  version: 8\n',
}

function write(shape: Shape): string {
  const root = join(folder, shape.name.replaceAll(/\W+/g, '-'))
  const files: Record<string, string> = { ...shape.files }
  for (const dir of shape.packages)
    files[`${dir}/package.json`] = JSON.stringify({ name: dir.replaceAll('/', '-'), version: '1.0.0' })
  const { tool, patterns } = shape
  const workspaces = tool === 'pnpm' || tool === 'lerna' ? undefined : patterns
  files['package.json'] = JSON.stringify({ name: 'root', private: true, workspaces })
  if (tool === 'pnpm') files['pnpm-workspace.yaml'] = `packages: ${JSON.stringify(patterns)}\n`
  if (tool === 'lerna') files['lerna.json'] = JSON.stringify({ packages: patterns })
  if (lockfiles[tool]) files['yarn.lock'] = lockfiles[tool]
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const [path, target] of Object.entries(shape.links ?? {})) symlinkSync(target, join(root, path))
  return root
}

const roots = shapes.map(write)
const found = discover(roots)

test.each(shapes.map((shape, index) => [shape.name, shape, index] as const))(
  '%s',
  async (_, shape, index) => {
    const ours = found[index]?.map((listed) => listed.dir)
    expect(ours).toEqual(['.', ...shape.expected])
    expect(await members(shape.tool, roots[index] as string, shape.patterns)).toEqual(shape.expected)
  },
)

test('a folder that is not there lists nothing and does not fail', () => {
  expect(discover([join(folder, 'missing')])).toEqual([[]])
})
