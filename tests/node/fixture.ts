/** A fixture, as `tests/fixture.rs` describes it, from the other side of the border. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type Composed, Composer, type ComposerOptions } from '@framework-m/composer'

const fixtures = join(import.meta.dirname, '../../fixtures')

export const names = readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, 'workspace')))

export function workspace(name: string): string {
  return join(fixtures, name, 'workspace')
}

export function options(name: string): ComposerOptions {
  const root = workspace(name)
  const shell = ['shell', 'frontend'].map((dir) => join(root, dir)).find((dir) => existsSync(dir))
  const file = join(fixtures, name, 'options.json')
  const chosen: ComposerOptions = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return { ...chosen, root, ...(shell !== undefined && { shell }) }
}

export function compose(name: string): Composed {
  return new Composer(options(name)).compose()
}

/** What `expected/` holds, by name. */
export function expected(name: string): Record<string, string> {
  const dir = join(fixtures, name, 'expected')
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
  return Object.fromEntries(paths.map((path) => [relative(dir, path), readFileSync(path, 'utf8')]))
}

/** Everything that a composition made, as the files of `expected/`. */
export function outputs({ tree, module, types, entries, diagnostics }: Composed): Record<string, string> {
  const frames = diagnostics.map(({ frame }) => frame)
  return {
    'tree.txt': tree,
    'diagnostics.txt': `${frames.join('\n\n') || 'nothing to report'}\n`,
    'module.js': module,
    'framework-m.d.ts': types,
    ...Object.fromEntries(entries.map(({ chunk, code }) => [`entries/${chunk}.js`, code])),
  }
}
