/** The command `framework-m`: exit 0 fine, 1 errors found, 2 wrong usage. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { didYouMean } from '../index.js'
import { check } from './check.js'
import { doctor } from './doctor.js'
import { evaluate } from './evaluate.js'
import { explain } from './explain.js'
import { generate } from './generate.js'
import { init } from './init.js'
import { inspect } from './inspect.js'
import { type Invocation, UsageError } from './invocation.js'
import { version } from './manifest.js'
import { packages } from './packages.js'
import { printError } from './report.js'

interface Command {
  /** The arguments beside the options, as usage shows them. */
  args: string
  summary: string
  options?: ParseArgsConfig['options']
  /** Whether something may stand beside the options. */
  takesWords?: true
  /** Returns the exit code; a command that stays promises one. */
  run(invocation: Invocation): number | Promise<number>
}

const commands: Record<string, Command> = {
  packages: {
    args: '',
    summary: 'every package of the workspace: name, version, folder, tag',
    run: packages,
  },
  evaluate: {
    args: 'FILE…',
    summary: 'what modules export, read without running them',
    takesWords: true,
    run: evaluate,
  },
  inspect: { args: '', summary: 'the composition as a tree', run: inspect },
  check: {
    args: '[--pack] [--format pretty|json|github|sarif]',
    summary: 'what is wrong, and nothing else',
    options: { format: { type: 'string' }, pack: { type: 'boolean' } },
    run: check,
  },
  explain: {
    args: 'NAME',
    summary: 'where something is declared, why it is in or not, what changes it, which chunk holds it',
    takesWords: true,
    run: explain,
  },
  doctor: {
    args: '',
    summary: 'which copy of React and other peers each plugin resolves, and what to change',
    run: doctor,
  },
  generate: {
    args: '[--dts FILE] [--module FILE] [--watch]',
    summary: 'writes the types, and the modules',
    options: { dts: { type: 'string' }, module: { type: 'string' }, watch: { type: 'boolean' } },
    run: (invocation) => generate(invocation),
  },
  init: {
    args: 'plugin NAME [--dir DIR]',
    summary: 'makes a plugin package that shows up in the shell',
    options: { dir: { type: 'string' } },
    takesWords: true,
    run: init,
  },
}

const shared = {
  root: { type: 'string' },
  shell: { type: 'string' },
  'metadata-key': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/** Runs one command line to its end. Returns the exit code. */
export async function run(argv: string[]): Promise<number> {
  const [name = '', ...rest] = argv
  if (name === '--version' || name === '-v') {
    console.log(version())
    return 0
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    console.log(usage())
    return 0
  }
  try {
    return await dispatch(name, rest)
  } catch (error) {
    return fail(error)
  }
}

function dispatch(name: string, rest: string[]): number | Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    const meant = didYouMean(name, Object.keys(commands)) ?? ''
    throw new UsageError(name ? `unknown command \`${name}\`. ${meant}`.trim() : 'a command is missing')
  }
  const { values, positionals } = parse(rest, { ...shared, ...command.options })
  if (values.help) {
    console.log(usage())
    return 0
  }
  if (!command.takesWords && positionals.length > 0) {
    throw new UsageError(`\`${name}\` takes no argument, and was given \`${positionals[0]}\``)
  }
  return command.run({ options: values, words: positionals })
}

function parse(args: string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    return { values: values as Invocation['options'] & { help?: boolean }, positionals }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function fail(error: unknown): number {
  printError(error, error instanceof UsageError ? `\n\n${usage()}` : '')
  return 2
}

function usage(): string {
  const lines = Object.entries(commands).map(([name, { args, summary }]) => {
    return `  ${`${name} ${args}`.trim().padEnd(48)} ${summary}`
  })
  return `framework-m <command> [options]

${lines.join('\n')}

Options
  --root DIR           the workspace root (default: the nearest at or above the shell)
  --shell DIR          the shell, from here or from the root (default: the package of the current folder)
  --metadata-key KEY   the key in package.json that tags a plugin (default: framework-m)
  --json               for machines
  -h, --help           this text
  -v, --version        the version

Options of check
  --pack               also whether the plugins that are published have in their tarballs what they need, as npm packs
                       them; build them first

Options of generate
  --dts FILE           the declaration file (default: framework-m.d.ts in the shell)
  --module FILE        writes the host module too, and beside it a folder with the code of each plugin
  --watch              stays, and writes again whenever the composition changes
Where there are errors, what composes without them is written, and the exit code is 1.

What explain takes is the name of a plugin, a package, a menu item, an extension (point), a service, a setting or a
permission, the path of a route, also a concrete one, or the code of a diagnostic.

Options of init
  --dir DIR            the plugin's folder (default: where the other plugins are)

Exit codes: 0 fine, 1 errors found, 2 wrong usage.`
}
