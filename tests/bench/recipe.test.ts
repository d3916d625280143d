/** The workspaces of the benchmarks are what they claim to be, and the same each time. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Composer, packages } from '@framework-m/composer'
import { expect, test } from 'vitest'
import { configuration } from '../../bench/configuration.mjs'
import { entries, needed, pluginsAmong, TREES, workspace } from '../../bench/recipe.mjs'
import { temporary } from './temporary.js'

const PACKAGES = 30
const folder = temporary()

const digest = (packages: number) =>
  createHash('sha256')
    .update(JSON.stringify([...entries(packages, TREES.small)]))
    .digest('hex')

test('the same numbers give the same bytes, others give others', () => {
  expect(digest(PACKAGES)).toBe(digest(PACKAGES))
  expect(digest(PACKAGES)).not.toBe(digest(PACKAGES + 5))
})

test('no path is written twice, and no absolute path is in it', () => {
  const all = [...entries(PACKAGES, TREES.small)] as [string, string | { link: string }][]
  const paths = all.map(([path]) => path)
  expect(new Set(paths).size).toBe(paths.length)
  expect(paths.filter((path) => path.startsWith('/'))).toEqual([])
})

test('it has so many packages, and a fifth of them are plugins that compose without a word', () => {
  const { root, shell, plugins } = workspace(PACKAGES, 'small', folder)
  expect(packages({ root }).packages).toHaveLength(PACKAGES)
  const { composition, diagnostics } = new Composer({ root, shell }).compose()
  expect(diagnostics).toEqual([])
  expect(composition.packageManager).toBe('pnpm')
  expect(composition.plugins.filter(({ status }) => status === 'included')).toHaveLength(plugins)
  expect(plugins).toBe(pluginsAmong(PACKAGES))
})

test('the needed files are the manifests, the configurations and the list of patterns', () => {
  const { root } = workspace(PACKAGES, 'small', folder)
  const files = needed(PACKAGES) as string[]
  expect(files).toHaveLength(PACKAGES + pluginsAmong(PACKAGES) + 1)
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
})

test('a workspace is kept, and one of an older recipe is removed', () => {
  workspace(PACKAGES, 'small', folder)
  const older = join(folder, `${PACKAGES}-small-00000000`)
  mkdirSync(older)
  const again = workspace(PACKAGES, 'small', folder)
  expect(again.isNew).toBe(false)
  expect(existsSync(older)).toBe(true)

  // A run that was ended while it wrote has left no mark.
  writeFileSync(join(again.root, 'package.json'), 'half')
  const marked = `${again.root}.complete`
  const count = readFileSync(marked, 'utf8')
  rmSync(marked)
  const mended = workspace(PACKAGES, 'small', folder)
  expect(mended.isNew).toBe(true)
  expect(JSON.parse(readFileSync(join(mended.root, 'package.json'), 'utf8'))).toHaveProperty('name')
  expect(readFileSync(marked, 'utf8')).toBe(count)
  expect(existsSync(older)).toBe(false)
})

test('a configuration has 60 to 75 lines and about 3 KB', () => {
  const text = configuration(123)
  expect(text.split('\n').length).toBeGreaterThan(60)
  expect(text.split('\n').length).toBeLessThan(80)
  expect(text.length).toBeGreaterThan(2500)
  expect(text.length).toBeLessThan(3500)
})
