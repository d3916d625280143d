/** The command `framework-m`: exit 0 fine, 1 errors found, 2 wrong usage. */
import { parseArgs } from 'node:util'
import { didYouMean } from '../index.js'
import { check } from './check.js'
import { doctor } from './doctor.js'
import { evaluate } from './evaluate.js'
import { explain } from './explain.js'
import { generate } from './generate.js'
import { type Described, helpOf, type Options, overview, shared, usage } from './help.js'
import { init } from './init.js'
import { inspect } from './inspect.js'
import { type Invocation, UsageError } from './invocation.js'
import { version } from './manifest.js'
import { packages } from './packages.js'
import { printError } from './report.js'

interface Command extends Described {
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
    options: {
      format: {
        type: 'string',
        value: 'FORMAT',
        text: 'pretty for people (default), json, github for its annotations, or sarif',
      },
      pack: {
        type: 'boolean',
        text: 'also whether the tarballs of published plugins have what they need; build them first',
      },
    },
    run: check,
  },
  explain: {
    args: 'NAME',
    summary: 'where something is declared, why it is in or not, what changes it, which chunk holds it',
    notes: `NAME is that of a plugin, a package, a menu item, an extension (point), a service, a setting or a permission,
the path of a route, also a concrete one, or the code of a diagnostic.`,
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
    notes: 'Where there are errors, what composes without them is written, and the exit code is 1.',
    options: {
      dts: {
        type: 'string',
        value: 'FILE',
        text: 'the declaration file (default: framework-m.d.ts in the shell)',
      },
      module: {
        type: 'string',
        value: 'FILE',
        text: 'writes the host module too, and beside it a folder with the code of each plugin',
      },
      watch: { type: 'boolean', text: 'stays, and writes again whenever the composition changes' },
    },
    run: (invocation) => generate(invocation),
  },
  init: {
    args: 'plugin NAME [--dir DIR]',
    summary: 'makes a plugin package that shows up in the shell',
    options: {
      dir: {
        type: 'string',
        value: 'DIR',
        text: "the plugin's folder (default: where the other plugins are)",
      },
    },
    takesWords: true,
    run: init,
  },
}

/** Runs one command line to its end. Returns the exit code. */
export async function run(argv: string[]): Promise<number> {
  const [name = '', ...rest] = argv
  if (name === '--version' || name === '-v') {
    console.log(version())
    return 0
  }
  try {
    if (['--help', '-h', 'help'].includes(name)) return help(rest[0])
    return await dispatch(name, rest)
  } catch (error) {
    printError(error, error instanceof UsageError ? `\n\n${hint(name)}` : '')
    return 2
  }
}

function help(name?: string): number {
  console.log(name === undefined ? overview(commands) : helpOf(name, commandOf(name)))
  return 0
}

function dispatch(name: string, rest: string[]): number | Promise<number> {
  const command = commandOf(name)
  const { values, words } = parse(rest, { ...shared, ...command.options })
  if (values.help) return help(name)
  if (!command.takesWords && words.length > 0) {
    throw new UsageError(`\`${name}\` takes no argument, and was given \`${words[0]}\``)
  }
  return command.run({ options: values, words })
}

function commandOf(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command
  if (name === '') throw new UsageError('a command is missing')
  throw new UsageError(unknown(`command \`${name}\``, didYouMean(name, Object.keys(commands))))
}

/** The options, each known and with the value that it needs, and the words beside them. */
function parse(args: string[], options: Options) {
  const { values, positionals, tokens } = parseArgs({
    args,
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (!option) throw new UsageError(unknownOption(token.rawName, options))
    if (option.type === 'string' && !token.value)
      throw new UsageError(`\`${token.rawName}\` needs a value: \`${token.rawName} ${option.value}\``)
    if (option.type === 'boolean' && token.value !== undefined)
      throw new UsageError(`\`${token.rawName}\` takes no value, and was given \`${token.value}\``)
  }
  return { values: values as Invocation['options'] & { help?: boolean }, words: positionals }
}

function unknownOption(raw: string, options: Options): string {
  const known = Object.keys(options).map((name) => `--${name}`)
  return unknown(`option \`${raw}\``, didYouMean(raw, known))
}

function unknown(what: string, meant: string | null): string {
  return meant ? `unknown ${what}. ${meant}` : `unknown ${what}.`
}

/** What follows the error of a wrong usage: how the command is used, or where that is said. */
function hint(name: string): string {
  if (name === '') return overview(commands)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return '`framework-m --help` lists the commands.'
  return `${usage(name, command.args)}\n\`framework-m ${name} --help\` says more.`
}
