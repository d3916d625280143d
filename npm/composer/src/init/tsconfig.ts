/** The `tsconfig.json` of a new plugin. */
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parse } from 'jsonc-parser'
import type { Member, Surroundings } from './workspace.js'

interface Configuration {
  extends?: string
  compilerOptions?: Readonly<Record<string, unknown>>
}

/** What a page of React needs of the compiler, if nobody has said so yet. */
const BUNDLED = { module: 'esnext', moduleResolution: 'bundler', jsx: 'react-jsx', noEmit: true, types: [] }

const WHOLE = {
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable'],
  ...BUNDLED,
  strict: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: true,
}

/**
 * As the other plugins have it; or by what the shell extends; or by itself. The names of the composition are part of it, so that
 * a menu item that leads nowhere is an error.
 */
export function tsconfig(
  { root, plugins, shell }: Surroundings,
  dir: string,
  files: readonly string[],
): object {
  const base = plugins.map((plugin) => shared(root, plugin, dir)).find((found) => found !== undefined)
  const types = posix.join(posix.relative(dir, shell.dir), 'framework-m.d.ts')
  return { ...(base ?? ofShell(root, shell, dir)), include: [...files, types] }
}

/** What a plugin's configuration shares with others: what it extends, with options that name no path. */
function shared(root: string, member: Member, dir: string): Configuration | undefined {
  const { extends: base, compilerOptions } = read(root, member) ?? {}
  if (typeof base !== 'string' || JSON.stringify(compilerOptions ?? {}).match(/"\.{1,2}\//)) return undefined
  return { extends: moved(base, member.dir, dir), ...(compilerOptions && { compilerOptions }) }
}

function ofShell(root: string, shell: Member, dir: string): Configuration {
  const base = read(root, shell)?.extends
  if (typeof base !== 'string') return { compilerOptions: WHOLE }
  return { extends: moved(base, shell.dir, dir), compilerOptions: BUNDLED }
}

function read(root: string, { dir }: Member): Configuration | undefined {
  const file = join(root, dir, 'tsconfig.json')
  return existsSync(file) ? parse(readFileSync(file, 'utf8')) : undefined
}

/** A path that was written in one folder as it has to be written in another; the name of a package stays. */
function moved(path: string, from: string, to: string): string {
  if (!path.startsWith('.')) return path
  const there = posix.relative(to, posix.join(from, path))
  return there.startsWith('.') ? there : `./${there}`
}
