import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { frameworkMPlugin as forVite } from '../build/builds.js'
import { anchors, links, page, repository } from '../docs/page.js'
import { BUNDLERS } from './builds.js'

const DIST = join(repository, 'npm/vite-plugin/dist')

/** Names that a module finder, given to Node, does not find. */
function without(names: readonly string[]): string {
  const finder = `export function resolve(name, context, next) {
    if (${JSON.stringify(names)}.some((one) => name === one || name.startsWith(one + '/')))
      throw new Error('not installed: ' + name + ' for ' + context.parentURL)
    return next(name, context)
  }`
  const registering = `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(finder)}`)})`
  return `data:text/javascript,${encodeURIComponent(registering)}`
}

/** What an entry exports in a process that has none of these. */
function exportsOf(entry: string, missing: readonly string[]): string[] {
  const url = pathToFileURL(join(DIST, `${entry}.js`)).href
  const script = `import(${JSON.stringify(url)}).then((all) => console.log(JSON.stringify(Object.keys(all))))`
  const options = ['--no-warnings', '--import', without(missing), '--eval', script]
  const output = execFileSync(process.execPath, options, { stdio: 'pipe' })
  return JSON.parse(String(output))
}

const PACKAGES = ['vite', 'rolldown', 'rollup', '@rspack/core', 'webpack', 'esbuild']

describe.each(BUNDLERS)('the entry for %s', (bundler) => {
  test('needs no bundler to be there when it is imported', () => {
    expect(exportsOf(bundler, PACKAGES)).toEqual(['default', 'frameworkMPlugin'])
  })

  test('is declared by types that name its own bundler alone', () => {
    const seen = new Set<string>()
    const visit = (file: string) => {
      if (seen.has(file)) return
      seen.add(file)
      const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'))
      for (const { fileName } of importedFiles) {
        if (fileName.startsWith('.')) visit(join(file, '..', fileName.replace(/\.js$/, '.d.ts')))
        else seen.add(fileName)
      }
    }
    visit(join(DIST, `${bundler}.d.ts`))
    const named = [...seen].filter((name) => PACKAGES.includes(name) || name === 'unplugin')
    expect(named).toEqual([bundler === 'rspack' ? '@rspack/core' : bundler])
  })
})

test('the entry for Vite needs Vite, and no other bundler', () => {
  const [vite, ...others] = PACKAGES
  // Vite itself imports the bundler that it stands on.
  const foreign = others.filter((name) => !['rolldown', 'rollup', 'esbuild'].includes(name))
  expect(exportsOf('index', foreign)).toEqual(['default', 'frameworkMPlugin'])
  expect(() => exportsOf('index', [vite as string])).toThrow('not installed: vite')
})

test('the plugin for Vite refuses what is for others', () => {
  const env = { 'process.env.TIER': 'gold' }
  expect(() => (forVite as (options: object) => unknown)({ env })).toThrow(
    '[framework-m] the plugin for vite has no option `env`: Vite says what it has. Use its `define`, `mode` and `.env` files.',
  )
})

test('the types of each bundler take the plugin', () => {
  const { config } = ts.readConfigFile(join(import.meta.dirname, 'tsconfig.json'), ts.sys.readFile)
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, import.meta.dirname)
  const problems = ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options))
  expect(fileNames).toHaveLength(1)
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
})

describe('docs/bundlers.md', () => {
  const { blocks, ...rest } = page('docs/bundlers.md')

  test.each(BUNDLERS)('shows the configuration by which %s is tested', (bundler) => {
    const file = `${bundler}.config.js`
    const shown = blocks.filter(({ info }) => info === file)
    expect(shown.map(({ text }) => text)).toEqual([readFileSync(join(import.meta.dirname, file), 'utf8')])
  })

  test('gives a reason for every no', () => {
    const rows = rest.prose.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    const cells = rows.slice(1).flatMap((row) => row.split('|').slice(2, -1))
    const notes = [...rest.prose.matchAll(/^(\d)\. /gm)].map(([, number]) => number)
    expect(cells.length).toBeGreaterThan(50)
    for (const cell of cells.filter((text) => /^no\b/.test(text.trim())))
      expect(notes, cell).toContain(/\((\d)\)/.exec(cell)?.[1])
  })

  test('links to what is there', () => {
    const targets = links({ blocks, ...rest })
    expect(targets.length).toBeGreaterThan(0)
    for (const target of targets) {
      const [path = '', anchor] = target.split('#')
      expect(path === '' || existsSync(join(repository, 'docs', path)), target).toBe(true)
      if (path === '') expect(anchors({ blocks, ...rest })).toContain(anchor)
    }
  })
})
