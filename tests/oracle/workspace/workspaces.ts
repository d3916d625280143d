import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Random } from './random.js'
import type { Tool } from './tools.js'

/** A workspace that was made up and written to disk. */
export interface Made {
  root: string
  patterns: string[]
  /** What the manifests say, by folder; links not followed. */
  manifests: Map<string, Manifest>
  /** Makes the workspace acceptable to a tool that would refuse it as a whole, members unchanged. */
  mend(): void
}

interface Manifest {
  name: string | null
  version: string | null
  tag: unknown
}

const TOP = ['packages', 'apps', 'libs', '.config', 'node_modules', 'test'] as const
const NAMES = [
  'a',
  'b',
  'c',
  'foo',
  'foobar',
  'pkg-x',
  'lib-x',
  '.dot',
  'node_modules',
  'bower_components',
  'test',
]
const ODD = ['1', '12', 'A', 'é', 'x y', '[a]', '@scope', '{b}', 'a+b', '(c)']
const TAGS = [true, false, null, './plugin.config.ts', { plugin: './dist/plugin.config.js' }] as const

/** Makes a workspace up: folders, manifests, links and patterns. */
export function make(random: Random, root: string, tool: Tool): Made {
  mkdirSync(root, { recursive: true })
  const dirs = folders(random)
  const manifests = new Map<string, Manifest>()
  const broken: string[] = []
  const texts = new Map<string, Record<string, unknown>>()
  for (const dir of dirs) {
    mkdirSync(join(root, dir), { recursive: true })
    if (!random.chance(0.75)) continue
    const file = join(root, dir, 'package.json')
    if (random.chance(0.06)) {
      const empty = random.chance(0.5)
      writeFileSync(file, empty ? '' : random.pick(['{ "name": ', 'nonsense', '{ "name": "x", }', '[]']))
      // Yarn Berry takes an empty manifest for `{}`.
      if (empty && tool === 'yarn-berry') manifests.set(dir, { name: null, version: null, tag: null })
      else broken.push(file)
      continue
    }
    const fields = manifest(random, dir, tool)
    if (tool === 'yarn-berry' && random.chance(0.1))
      fields.workspaces = random.times(1, 2, () => pattern(random, []))
    texts.set(dir, fields)
    writeFileSync(file, print(random, fields))
    const {
      name = null,
      version = null,
      'framework-m': tag = null,
    } = fields as Partial<Record<string, string>>
    manifests.set(dir, { name, version, tag })
  }
  link(random, root, dirs, tool)
  const patterns = random.times(1, 4, () => pattern(random, dirs))
  if (!patterns.some((text) => !text.startsWith('!'))) patterns.push('packages/*')
  const base = { name: 'root', version: '1.0.0', private: true }
  manifests.set('.', { name: 'root', version: '1.0.0', tag: null })
  writeRoot(random, root, tool, base, patterns)
  const mend = () => {
    for (const file of broken) rmSync(file)
    if (tool === 'pnpm' || tool === 'lerna') return
    for (const [dir, fields] of texts) {
      const name = typeof fields.name === 'string' ? `n-${[...texts.keys()].indexOf(dir)}` : undefined
      writeFileSync(join(root, dir, 'package.json'), JSON.stringify({ ...fields, name }))
    }
  }
  return { root, patterns, manifests, mend }
}

function folders(random: Random): string[] {
  const dirs = new Set<string>()
  const odd = ODD.slice(random.int(ODD.length))
  for (const top of TOP) {
    if (!random.chance(top === 'packages' ? 1 : 0.5)) continue
    dirs.add(top)
    for (let count = random.int(9); count > 0; count--) {
      const depth = 1 + random.int(3)
      const names = random.times(depth, depth, () => random.pick(random.chance(0.2) ? odd : NAMES))
      for (let end = 1; end <= names.length; end++) dirs.add([top, ...names.slice(0, end)].join('/'))
    }
  }
  return [...dirs]
}

function manifest(random: Random, dir: string, tool: Tool): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  // A linked folder repeats its names, which Yarn refuses: there, few are named alike.
  const name = random.chance(0.1) ? 'same' : `@s/${dir.replaceAll(/[^a-z0-9]/g, '-').toLowerCase()}`
  if (random.chance(0.85)) fields.name = name
  if (random.chance(tool === 'yarn-classic' ? 0.85 : 0.6)) fields.version = '1.2.3'
  if (random.chance(0.3)) fields['framework-m'] = random.pick(TAGS)
  return fields
}

function print(random: Random, fields: unknown): string {
  const text = JSON.stringify(fields, null, random.pick(['\t', 2, 0]))
  const lines = random.chance(0.2) ? text.replaceAll('\n', '\r\n') : text
  return `${random.chance(0.1) ? '\uFEFF' : ''}${lines}${random.chance(0.7) ? '\n' : ''}`
}

function link(random: Random, root: string, dirs: string[], tool: Tool): void {
  for (const at of random.times(0, 3, () => `${random.pick(dirs)}/link-${random.int(3)}`)) {
    const path = join(root, at)
    if (existsSync(path)) continue
    // Tools that refuse two members of one name refuse most links between members, and Yarn Berry follows a link
    // into its own parent until the system stops it: for them most links lead to folders beside the members.
    const refuses = tool === 'yarn-berry' || (tool !== 'pnpm' && tool !== 'lerna' && random.chance(0.9))
    const targets = refuses
      ? dirs.filter((dir) => /^(test|\.config)\//.test(dir) && !at.startsWith(`${dir}/`))
      : dirs
    const target = random.chance(0.25) || targets.length === 0 ? 'nowhere' : join(root, random.pick(targets))
    try {
      symlinkSync(target === 'nowhere' ? target : relative(dirname(path), target), path)
    } catch {
      // The place was taken by a dangling link.
    }
  }
}

/** A pattern: made of the folders that are there, with every liberty that the notations have. */
function pattern(random: Random, dirs: string[]): string {
  const real = dirs.length > 0 && random.chance(0.5) ? random.pick(dirs).split('/') : []
  const names = real.length > 0 ? real : [random.pick(['packages', 'apps', '*', '**', '{packages,apps}'])]
  if (real.length === 0) names.push(...random.times(1, 2, () => '*'))
  const segments = names.map((name) => (random.chance(0.45) ? segment(random, name) : asPattern(name)))
  const text = segments.join('/')
  const lead = random.chance(0.12) ? './' : ''
  const trail = random.chance(0.12) ? '/' : ''
  const not = random.chance(0.3) ? (random.chance(0.08) ? '!!' : '!') : ''
  return `${not}${lead}${text}${trail}`
}

function segment(random: Random, name: string): string {
  const first = name.slice(0, 1)
  const plain = /^[a-z]+$/.test(name)
  const forms = [
    '*',
    '*',
    '**',
    '**',
    `{${plain ? name : 'c'},b}`,
    '{a,foo,pkg-*}',
    '*-x',
    '?',
    '[a-c]',
    '[!a]*',
    '[ab]',
  ]
  forms.push(
    '@(a|foo)',
    '+(a|b|c)',
    '!(foo)',
    '!(a|b)',
    '{a,b/*}',
    '{1..3}',
    'foo*',
    '.*',
    '*(foo)bar',
    '{*,foo/*}',
  )
  if (plain) forms.push(`${first}*`, `*${name.slice(1)}`, `{${name}}`)
  return random.pick(forms)
}

/** A name of the disk as a pattern. */
function asPattern(name: string): string {
  return /[[\]{}()+@!]/.test(name) ? '*' : name
}

function writeRoot(random: Random, root: string, tool: Tool, base: object, patterns: string[]): void {
  const manifest = (fields: object) => writeFileSync(join(root, 'package.json'), print(random, fields))
  if (tool === 'pnpm') {
    manifest({ ...base, workspaces: ['not/read/by/pnpm'] })
    const end = random.chance(0.2) ? '\r\n' : '\n'
    const list = patterns.map((text) => `  - ${JSON.stringify(text)}`)
    writeFileSync(join(root, 'pnpm-workspace.yaml'), ['# comment', 'packages:', ...list, ''].join(end))
    return
  }
  if (tool === 'lerna') {
    manifest(base)
    writeFileSync(join(root, 'lerna.json'), print(random, { version: 'independent', packages: patterns }))
    return
  }
  const workspaces = random.chance(0.2) ? { packages: patterns, nohoist: [] } : patterns
  manifest({
    ...base,
    workspaces:
      tool === 'yarn-classic' ? workspaces : Array.isArray(workspaces) ? workspaces : { packages: patterns },
  })
  if (tool === 'yarn-classic') writeFileSync(join(root, 'yarn.lock'), '# yarn lockfile v1\n')
  if (tool === 'yarn-berry') writeFileSync(join(root, 'yarn.lock'), '__metadata:\n  version: 8\n')
}
