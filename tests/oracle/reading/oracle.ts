/** Asks the reader about modules, runs the same modules in Node, and compares. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'

export interface Case {
  name: string
  /** Paths below the case's folder, and their text. The entry is `module.*`. */
  files: Record<string, string>
}

export interface Verdict {
  name: string
  /** What the module threw when it ran. */
  threw: string | null
  /** Where the reader was wrong. */
  wrong: string[]
  /** How many parts the reader left open. */
  unknown: number
}

/** One after another, or each in a thread of its own where they may disturb one another. */
export function judge(cases: Case[], { apart }: { apart: boolean }): Verdict[] {
  const root = mkdtempSync(join(tmpdir(), 'reading-'))
  try {
    writeFileSync(join(root, 'package.json'), '{ "name": "oracle", "private": true }')
    const entries = cases.map((it) => write(root, it))
    const said = read(root, entries)
    const jobs = cases.map((it, index) => {
      const entry = join(root, 'run', runName(entries[index] ?? ''))
      // The reader's own text, since to write `-0` again would lose its sign.
      return `{ "name": ${JSON.stringify(it.name)}, "entry": ${JSON.stringify(entry)}, "said": ${said[index]} }`
    })
    return run(root, jobs, apart)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function write(root: string, { name, files }: Case): string {
  for (const [path, text] of Object.entries(files)) {
    put(join(root, 'cases', name, path), text)
    put(join(root, 'run', name, runName(path)), runnable(path, text, files))
  }
  const entry = Object.keys(files).find((path) => /^module\.\w+$/.test(path)) ?? 'module.ts'
  return `${name}/${entry}`
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

const runName = (path: string): string => (path.endsWith('.cjs') ? path : `${path}.mjs`)

/** The module as Node runs it: types and enums compiled away, specifiers made whole. */
function runnable(path: string, text: string, files: Record<string, string>): string {
  if (path.endsWith('.cjs')) return text
  if (path.endsWith('.json')) {
    const names = Object.keys(JSON.parse(text)).filter((key) => /^[a-z]\w*$/i.test(key))
    return `const data = ${text};\nexport default data;\n${names.map((key) => `export const ${key} = data.${key};\n`).join('')}`
  }
  const { outputText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      jsx: ts.JsxEmit.React,
      isolatedModules: true,
      preserveConstEnums: true,
    },
  })
  return outputText.replaceAll(
    /(\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.[^'"]*)\2/g,
    (_, before: string, quote: string, specifier: string) =>
      `${before}${quote}${whole(path, specifier, files)}${quote}`,
  )
}

function whole(from: string, specifier: string, files: Record<string, string>): string {
  const base = join(dirname(from), specifier)
  const plain = base.replace(/\.js$/, '')
  const found = [base, `${base}.ts`, `${base}.tsx`, `${plain}.ts`, `${base}/index.ts`].find(
    (path) => path in files,
  )
  const path = relative(dirname(from), runName(found ?? base))
  return path.startsWith('.') ? path : `./${path}`
}

/** What the reader says: a line of JSON for each entry. */
function read(root: string, entries: string[]): string[] {
  const files = entries.map((entry) => join('cases', entry))
  const limit = { encoding: 'utf8' as const, maxBuffer: 1 << 30 }
  const binary = process.env.FRAMEWORK_M_EVALUATE
  const output = binary
    ? execFileSync(binary, [root, ...files], limit)
    : execFileSync(
        'cargo',
        [
          'run',
          '--quiet',
          '--package',
          'framework-m-composer',
          '--example',
          'evaluate',
          '--',
          root,
          ...files,
        ],
        { ...limit, cwd: join(import.meta.dirname, '../../..') },
      )
  return output.trimEnd().split('\n')
}

function run(root: string, jobs: string[], apart: boolean): Verdict[] {
  const file = join(root, 'jobs.json')
  writeFileSync(file, `[${jobs.join(',\n')}]`)
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--no-warnings', join(import.meta.dirname, 'run.mjs'), file, ...(apart ? ['--apart'] : [])],
    { encoding: 'utf8', timeout: 110_000, maxBuffer: 1 << 30 },
  )
  if (status !== 0) throw new Error(`the modules did not run: ${stderr}`)
  return JSON.parse(stdout)
}

/** The fixtures of static reading as cases. */
export function fixtures(): Case[] {
  const root = join(import.meta.dirname, '../../../fixtures/reading')
  if (!existsSync(root)) return []
  return readdirSync(root)
    .sort()
    .map((name) => ({ name, files: filesBelow(join(root, name), '') }))
}

function filesBelow(dir: string, prefix: string): Record<string, string> {
  const files: Record<string, string> = {}
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) Object.assign(files, filesBelow(path, `${prefix}${entry.name}/`))
    else files[prefix + entry.name] = readFileSync(path, 'utf8')
  }
  return files
}
