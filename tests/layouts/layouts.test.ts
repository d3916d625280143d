/** The same monorepo, installed by each package manager: one composition, one build. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type Composed, Composer, type Composition } from '@framework-m/composer'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, serve, visit } from '../build/browser.js'
import { type Build, build } from '../build/builds.js'
import { install, layouts } from '../oracle/installs/managers.js'
import { type Archives, archives, manifests, SOURCES, writeAll } from './monorepo.js'

const COMMAND = join(import.meta.dirname, '../../npm/composer/bin/framework-m.js')

let folder: string
let packed: Archives
let browser: Browser
/** What the first layout gave: the others give the same. */
let first: { composition: Composition; composed: Composed; files: string[] } | undefined

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-layouts-')))
  packed = archives()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  packed?.remove()
  rmSync(folder, { recursive: true, force: true })
})

function command(name: string, root: string): { status: number | null; json: unknown } {
  const args = [COMMAND, name, '--json', '--root', root, '--shell', join(root, 'shell')]
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, json: JSON.parse(stdout) }
}

/** Where the bought plugin is installed is up to the package manager, and all that differs. */
const elsewhere = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value).replaceAll(/(?:shell\/)?node_modules\/@vendor\/bought/g, '<bought>')) as T

/** The names of what a build wrote; their hashes tell that the contents are the same too. */
const written = (built: Build) =>
  built
    .all()
    .flatMap(({ file, css }) => [file, ...css])
    .sort()

describe.each(layouts)('$name', (layout) => {
  let root: string
  let composed: Composed
  let composition: Composition

  beforeAll(() => {
    root = join(folder, layout.name.replaceAll(/\W+/g, '-'))
    install(root, layout, manifests(packed, layout))
    writeAll(root, SOURCES)
    composed = new Composer({ shell: join(root, 'shell') }).compose()
    composition = command('inspect', root).json as Composition
  })

  test('composes all four members and the plugin that was bought', () => {
    const { plugins, diagnostics } = composition
    expect(diagnostics).toEqual([])
    expect(plugins.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'bought included',
      'wms included',
      'hr included',
    ])
    const { packageManager, ...rest } = composition
    expect(layout.name.toLowerCase()).toContain(packageManager.split('-')[0])
    first ??= { composition, composed, files: [] }
    expect(elsewhere(rest)).toEqual(elsewhere({ ...first.composition, packageManager: undefined }))
  })

  test('generates the same modules, byte for byte', () => {
    expect(composed.module).toBe(first?.composed.module)
    expect(composed.types).toBe(first?.composed.types)
    expect(elsewhere(composed.entries)).toEqual(elsewhere(first?.composed.entries))
    expect(composed.bundle.dedupe).toEqual(['@framework-m/plugin-sdk', 'react'])
  })

  test('satisfies the doctor', () => {
    const { status, json } = command('doctor', root)
    expect(json).toMatchObject({ diagnostics: [] })
    expect(status).toBe(0)
  })

  test('is built into the same files, and runs', async () => {
    const built = await build('Vite 8', { shell: join(root, 'shell') })
    // React Router says "use client", which is nothing to a bundler.
    expect(built.warnings.filter((text) => !text.includes('use client'))).toEqual([])
    const files = written(built)
    if (first && first.files.length === 0) first.files = files
    expect(files).toEqual(first?.files)
    expect(files.map((file) => basename(file).split('-')[0])).toEqual(
      expect.arrayContaining(['wms', 'hr', 'bought']),
    )

    const server = await serve(built.dist)
    const { page, errors } = await visit(browser, server.url)
    expect(await page.locator('nav a').allTextContents()).toEqual(['People', 'Report', 'Stock'])
    for (const [entry, heading] of [
      ['Stock', 'Stock page'],
      ['People', 'People page'],
      ['Report', 'a report that was bought'],
    ] as const) {
      await page.click(`nav >> text="${entry}"`)
      await page.waitForSelector(`h2:text("${heading}")`)
    }
    expect(errors).toEqual([])
    await page.close()
    await server.close()
  })
})
