/** `framework-m doctor` */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  Composer,
  type DependencyEntry,
  type Singleton,
  type SingletonReport,
  type SingletonUser,
} from '../index.js'
import type { Invocation } from './invocation.js'
import { locate } from './options.js'
import { painter } from './paint.js'
import { printFrames } from './report.js'

/** Prints who resolves which copy of what has to exist once; 1 if something is to be changed. */
export function doctor(invocation: Invocation): number {
  const composer = new Composer(locate(invocation))
  const report = composer.singletons()
  if (invocation.options.json) {
    console.log(JSON.stringify(report, null, 2))
  } else {
    console.log(title(report, composer.compose().root))
    for (const singleton of report.singletons) console.log(`\n${draw(singleton)}`)
    if (report.diagnostics.length > 0) console.log()
    printFrames(report.diagnostics, console.log)
  }
  return report.diagnostics.some(({ severity }) => severity !== 'info') ? 1 : 0
}

const MANAGERS: Record<string, string> = {
  'yarn-classic': 'Yarn 1',
  'yarn-berry': 'Yarn',
  bun: 'Bun',
  lerna: 'Lerna',
  rush: 'Rush',
  none: 'no workspace',
}

function title({ packageManager, shell, singletons }: SingletonReport, root: string): string {
  const where = `${shell === '.' ? 'the shell' : shell} (${MANAGERS[packageManager] ?? packageManager})`
  if (singletons.length > 0) {
    const count = singletons.length === 1 ? '1 package has' : `${singletons.length} packages have`
    return `${count} to exist once in ${where}: plugins have them as peers, and the shell resolves them`
  }
  if (existsSync(join(root, '.pnp.cjs'))) {
    return (
      `Plug’n’Play keeps the packages of ${where} in archives, which are not read: nothing is known of copies.\n` +
      'Plug’n’Play itself refuses what a package does not declare; `nodeLinker: node-modules` can be checked here.'
    )
  }
  return `Nothing has to exist once in ${where}: no plugin has a peer dependency that the shell resolves.`
}

const paint = painter()

function draw({ name, copy, declarations, plugins }: Singleton): string {
  const asking = plugins.filter((user) => user.declarations.length > 0)
  const others = plugins.filter((user) => user.declarations.length === 0)
  const rows = [
    {
      mark: ' ',
      who: 'shell',
      text: declarations.map(entry).join(', ') || 'does not ask for it',
      at: place(declarations),
    },
    ...asking.map((user) => ({
      mark: mark(user),
      who: user.plugin,
      text: [user.declarations.map(entry).join(', '), resolution(user)].filter(Boolean).join('  '),
      at: place(user.declarations),
    })),
  ]
  const width = Math.max(...rows.map(({ who }) => who.length)) + 2
  const lines = rows.map(({ mark, who, text, at }) =>
    `  ${mark} ${who.padEnd(width)}${text}  ${paint.dim(at)}`.trimEnd(),
  )
  if (others.length > 0) lines.push(`    ${paint.dim(`not asked for by ${others.map(silent).join(', ')}`)}`)
  return [`${paint.bold(name)} ${copy.version ?? '(no version)'}  ${paint.dim(copy.dir)}`, ...lines].join(
    '\n',
  )
}

/** `peerDependencies ^19.0.0` */
function entry({ table, range, fits }: DependencyEntry): string {
  return `${table} ${fits === false ? paint.yellow(range) : range}`
}

function place([first]: DependencyEntry[]): string {
  return first ? `${first.place.file}:${first.place.line}` : ''
}

function mark(user: SingletonUser): string {
  if (user.copy !== null && !user.shared) return paint.red('✗')
  const fits = user.declarations.every(({ table, fits }) => table !== 'peerDependencies' || fits !== false)
  const brings = user.declarations.some(
    ({ table }) => table === 'dependencies' || table === 'optionalDependencies',
  )
  return fits && !brings ? paint.green('✓') : paint.yellow('!')
}

/** What a plugin resolves, where that is not the shell's copy. */
function resolution({ copy, shared }: SingletonUser): string {
  if (shared) return ''
  return copy === null ? 'finds none by itself' : `→ ${copy.version ?? '(no version)'} in ${copy.dir}`
}

function silent(user: SingletonUser): string {
  const found = resolution(user)
  return found ? `${user.plugin} (${found})` : user.plugin
}
