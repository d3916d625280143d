/** `framework-m init plugin NAME` */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Composed, Composer } from '../index.js'
import { generated } from './generated.js'
import { checkNames, contributionsOf } from './init/collisions.js'
import { filesOf } from './init/files.js'
import { type Names, namesOf, scopeOf } from './init/names.js'
import { nextSteps } from './init/next-steps.js'
import { type Place, placeOf } from './init/place.js'
import { Refusal } from './init/refusal.js'
import { type Surroundings, surroundings } from './init/workspace.js'
import { type Invocation, UsageError } from './invocation.js'
import { locate } from './options.js'
import { printError, printFrames } from './report.js'
import { write } from './write.js'

/** Makes a plugin package. Whatever can refuse does so before the first file is written. Returns the exit code. */
export function init(invocation: Invocation): number {
  const given = nameIn(invocation)
  try {
    return make(invocation, given)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    printError(error)
    return 1
  }
}

function nameIn({ words: [kind, name, ...more] }: Invocation): string {
  if (kind !== 'plugin') throw new UsageError('`init` makes a plugin: framework-m init plugin NAME')
  if (name === undefined)
    throw new UsageError('`init plugin` needs a name, such as `stock` or `@my-company/stock`')
  if (more.length > 0)
    throw new UsageError(`\`init plugin\` takes one name, and was given \`${more[0]}\` as well`)
  return name
}

function make(invocation: Invocation, given: string): number {
  const location = locate(invocation)
  const workspace = surroundings(location)
  const { plugins, shell, root } = workspace
  const names = namesOf(given, scopeOf((plugins.length ? plugins : [shell]).map(({ name }) => name)))
  checkNames(workspace, names)
  const place = placeOf(workspace, names, invocation.options.dir)
  const files = filesOf(workspace, names, place.dir)
  for (const [file, text] of files) create(join(root, place.dir, file), text)
  const composed = new Composer(location).compose()
  refreshTypes(composed)
  print(invocation, workspace, names, place, [...files.keys()])
  return verdict(composed, names)
}

function create(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text, { flag: 'wx' })
}

/** The types of a shell that has them know the new plugin at once, as if its dev server ran. */
function refreshTypes(composed: Composed): void {
  if (existsSync(join(composed.shell, 'framework-m.d.ts'))) write(generated(composed, {}))
}

function print(
  { options }: Invocation,
  workspace: Surroundings,
  names: Names,
  { dir, reason }: Place,
  files: string[],
): void {
  const next = nextSteps(workspace, contributionsOf(names).route)
  if (options.json) {
    const made = { plugin: names.plugin, package: names.package, dir, reason, files, next }
    console.log(JSON.stringify(made, null, 2))
    return
  }
  console.log(`${names.package} in ${dir} (${reason})\n`)
  for (const file of files) console.log(`  ${file}`)
  console.log(`\nNext\n${next.map((step) => `  ${step}`).join('\n')}`)
}

/** 0 if the plugin is in the shell. */
function verdict({ composition, diagnostics }: Composed, names: Names): number {
  const made = composition.plugins.find(({ package: name }) => name === names.package)
  if (made?.status === 'included') return 0
  printFrames(diagnostics, console.error)
  printError(`${names.package} is not in the shell: ${made?.reason ?? 'it was not found'}`)
  return 1
}
