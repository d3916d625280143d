/** What `framework-m` says of itself. */

/** An option of a command line. */
export interface Option {
  type: 'string' | 'boolean'
  short?: string
  /** Whether it may be given several times. */
  multiple?: true
  /** What stands for its value: `DIR`. */
  value?: string
  text: string
}

export type Options = Readonly<Record<string, Option>>

export interface Described {
  /** The arguments beside the options, as usage shows them. */
  args: string
  summary: string
  options?: Options
  /** Whatever else there is to know. */
  notes?: string
}

/** What every command takes. */
export const shared = {
  root: {
    type: 'string',
    value: 'DIR',
    text: 'the workspace root (default: the nearest at or above the shell)',
  },
  shell: {
    type: 'string',
    value: 'DIR',
    text: 'the shell (default: the package of the current folder, or the only one with @framework-m/vite-plugin)',
  },
  'metadata-key': {
    type: 'string',
    value: 'KEY',
    text: 'the key in package.json that tags a plugin (default: framework-m)',
  },
  env: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    text: 'what a build has: import.meta.env.VITE_TIER=gold or process.env.NODE_ENV=production; once for each',
  },
  json: { type: 'boolean', text: 'for machines' },
  help: { type: 'boolean', short: 'h', text: 'what a command does and takes' },
  version: { type: 'boolean', short: 'v', text: 'the version' },
} as const satisfies Options

/** All commands, a line each. */
export function overview(commands: Readonly<Record<string, Described>>): string {
  const rows = Object.entries(commands).map(([name, { args, summary }]) => {
    const [shown = ''] = args.split(' [')
    return [`${name} ${shown.startsWith('[') ? '' : shown}`.trim(), summary] as const
  })
  return `framework-m <command> [options]

${table(rows)}

Options
${table(lines(shared))}

framework-m <command> --help says what else it takes. What a bundler's configuration gives to Framework M's plugin,
the command does not know, nor what its environment is but for \`--env\`.
Exit codes: 0 fine, 1 errors found, 2 wrong usage.`
}

/** One command with its options. */
export function helpOf(name: string, { summary, options = {}, notes, args }: Described): string {
  const parts = [
    usage(name, args),
    `Prints ${summary}.`.replace(/^Prints (makes|writes)/, (_, verb: string) => capitalised(verb)),
    ...(notes ? [notes] : []),
    `Options\n${table(lines({ ...options, ...shared }))}`,
  ]
  return parts.join('\n\n')
}

/** `framework-m check [--pack]` */
export function usage(name: string, args: string): string {
  return `framework-m ${name} ${args}`.trim()
}

function lines(options: Options): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { short, value, text }]) => {
    const flag = short ? `-${short}, --${name}` : `--${name}`
    return [value ? `${flag} ${value}` : flag, text] as const
  })
}

function table(rows: (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([term]) => term.length)) + 2
  return rows.map(([term, text]) => `  ${term.padEnd(width)}${text}`).join('\n')
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
