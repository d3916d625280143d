import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brotliOptions } from '../../npm/vite-plugin/src/report/measure.js'
import type { Part, Report, Size } from '../../npm/vite-plugin/src/report/report.js'
import type { FrameworkMOptions } from '../../npm/vite-plugin/src/steps/options.js'
import { type Build, build, frameworkMPlugin, recorder, VERSIONS, versions } from './builds.js'
import { manyPlugins, type Workspace, workspace } from './workspace.js'

/** All files were compressed, unless a test says otherwise. */
type Known = Record<keyof Size, number>

const NOTHING: Known = { raw: 0, gzip: 0, brotli: 0 }

describe.each(versions)('sizes with %s', (version) => {
  let app: Workspace
  let built: Build
  let report: Report
  const options = (plugin: FrameworkMOptions) => build(version, app, { plugin })
  const fails = (plugin: FrameworkMOptions) =>
    options(plugin).then(
      () => expect.unreachable('the build did not fail'),
      (error: Error) => error.message,
    )
  const plugin = (from: Report, name: string) => {
    const found = from.plugins.find((one) => one.name === name)
    if (!found) throw new Error(`no ${name}`)
    return found
  }
  const current = () =>
    JSON.parse(readFileSync(join(app.shell, 'dist/.framework-m/composition.json'), 'utf8')) as Report

  beforeAll(async () => {
    app = workspace(manyPlugins(3))
    built = await options({})
    report = built.report()
  })
  afterAll(() => app.remove())

  /** The size of files as they stand on the disk, compressed here. */
  const onDisk = (files: string[]) =>
    files
      .map((file) => readFileSync(join(built.dist, file)))
      .map((bytes) => ({
        raw: bytes.length,
        gzip: gzipSync(bytes).length,
        brotli: brotliCompressSync(bytes, brotliOptions(bytes)).length,
      }))
      .reduce(added, NOTHING)

  test('are those of the files on the disk', () => {
    const parts: Part[] = [report.shell, report.shared, ...report.plugins]
    for (const part of parts) {
      expect(part.js).toEqual(onDisk(part.chunks))
      expect(part.styles).toEqual(onDisk(part.css))
      expect(part.size).toEqual(onDisk([...part.chunks, ...part.css]))
    }
    const files = parts.flatMap(({ chunks, css }) => [...chunks, ...css])
    expect(new Set(files).size).toBe(files.length)
    expect(files.filter((file) => file.endsWith('.js')).sort()).toEqual([...built.chunks.keys()].sort())
    for (const { styles } of report.plugins) expect(styles.raw).toBeGreaterThan(0)
  })

  test('tell a plugin’s own code from what it shares', () => {
    const owned = report.plugins.flatMap(({ chunks }) => chunks.map((file) => built.chunk(file)))
    const modules = owned.flatMap((chunk) => chunk.modules)
    const sharedModules = report.shared.chunks.flatMap((file) => built.chunk(file).modules)
    expect(sharedModules.filter((id) => id.includes('/apps/'))).toEqual([])
    expect(sharedModules.some((id) => id.includes('packages/ui/index'))).toBe(true)
    expect(modules.some((id) => id.includes('packages/ui/index'))).toBe(false)
    for (const { shared, name } of report.plugins) {
      expect(shared.size).toEqual(onDisk([...shared.chunks, ...shared.css]))
      for (const file of [...shared.chunks, ...shared.css])
        expect([...report.shared.chunks, ...report.shared.css]).toContain(file)
      const entry = built.lazy(`\0virtual:framework-m-plugins/${name}.js`)
      const loaded = built.closure(entry).map(({ file }) => file)
      expect(shared.chunks).toEqual(
        report.shared.chunks.filter((file) => name === 'crm' || loaded.includes(file)),
      )
    }
    expect(Object.keys(plugin(report, 'wms').packages)).toContain('@company/wms')
    expect(Object.keys(plugin(report, 'wms').packages)).not.toContain('@company/crm')
  })

  test('are printed as a table without colours', async () => {
    const { logger } = recorder(VERSIONS[version])
    const printed: string[] = []
    await VERSIONS[version].build({
      root: app.shell,
      configFile: false,
      customLogger: { ...logger, info: (text) => void printed.push(text) },
      plugins: [frameworkMPlugin({ budgets: { '*': '1 MB', wms: '0.5 MiB' } })],
    })
    const lines =
      printed
        .find((text) => text.includes('Framework M'))
        ?.trim()
        .split('\n') ?? []
    const sizes = (part: Part) => [part.size.raw, part.size.brotli, part.size.gzip, part.styles.gzip]
    const shown = (bytes: number | null) => (Number(bytes) / 1000).toFixed(2)
    const cells = lines.slice(2).map((line) => line.trim().split(/\s+/))
    const now = current()
    const bySize = [...now.plugins].sort((a, b) => Number(b.size.gzip) - Number(a.size.gzip))
    expect(cells).toEqual([
      ...bySize.map((one) => [
        one.name,
        ...sizes(one).map(shown),
        shown(one.shared.size.gzip),
        one.name === 'wms' ? '524.29' : '1000.00',
      ]),
      ['(shared)', ...sizes(now.shared).map(shown)],
      ['(shell)', ...sizes(now.shell).map(shown)],
    ])
    expect(new Set(lines.slice(1, 5).map((line) => line.length)).size).toBe(1)
    expect(lines.join('')).not.toContain('\u001b')
  })

  test('beyond a budget end the build, with what has grown and the line that raises it', async () => {
    const size = known(plugin(report, 'hr').size)
    const budgets = { '*': '1 MB', hr: `${size.gzip} B` }
    await options({ budgets })
    app.write('packages/noise/package.json', '{ "name": "@company/noise", "version": "1.0.0" }')
    const noise = Array.from({ length: 3000 }, (_, index) => ((index * 7919) % 10007).toString(36)).join('-')
    app.write('packages/noise/index.ts', `export const noise = '${noise}' + Date.now()\n`)
    app.write(
      'apps/hr/frontend/src/helper.ts',
      `import { noise } from '../../../../packages/noise/index.ts'\nexport const helper = noise + 'mark:hr:helper'\n`,
    )
    const message = await fails({ budgets })
    const now = plugin(current(), 'hr')
    const { gzip } = known(now.size)
    expect(now).toMatchObject({ budget: size.gzip, kept: { size } })
    const kb = (bytes: number) =>
      `${Math.floor(bytes / 1000)}.${String(Math.floor((bytes % 1000) / 10)).padStart(2, '0')} kB`
    expect(message).toContain(
      `error[FM5003]: \`hr\` is ${kb(gzip)} compressed with gzip, ${kb(gzip - size.gzip)} more than its budget of ${kb(size.gzip)}.`,
    )
    expect(message).toContain(
      `It was ${kb(size.gzip)} in the build before. What has grown since, before it is compressed: \`@company/noise\` by `,
    )
    expect(message).toContain(`\`budgets: { hr: '${Math.ceil(gzip / 1000)} kB' }\``)

    // A build that failed is nothing to compare with: the next one says the same.
    expect(await fails({ budgets })).toBe(message)
    const raised = { budgets: { hr: `${Math.ceil(gzip / 1000)} kB` } }
    expect((await options(raised)).warnings).toEqual([])
    expect(plugin(current(), 'hr').kept).toBeUndefined()
  })

  test('are not those of compressed files where Vite is not to compress any, unless there is a budget', async () => {
    const quick = { build: { reportCompressedSize: false } }
    const { warnings } = await build(version, app, quick)
    expect(warnings).toEqual([])
    const raw = plugin(current(), 'hr')
    expect(raw.size).toEqual({ raw: expect.any(Number), gzip: null, brotli: null })
    expect(raw.size.raw).toBeGreaterThan(0)
    const inBudget = { plugin: { budgets: { hr: '1 B' }, severity: { FM5003: 'warning' as const } } }
    const compressed = await build(version, app, { ...quick, ...inBudget })
    expect(known(plugin(current(), 'hr').size).raw).toBe(raw.size.raw)
    // There is no size to compare with, and nothing has grown.
    expect(compressed.warnings).toEqual([expect.not.stringMatching(/It was|null|NaN/)])
  })

  test('are compared with another build where that is asked for', async () => {
    mkdirSync(join(app.root, 'sizes'), { recursive: true })
    writeFileSync(join(app.root, 'sizes/main.json'), JSON.stringify(report))
    const message = await fails({ budgets: { hr: '1 kB' }, baseline: '../sizes/main.json' })
    expect(message).toContain(
      `It was ${(known(plugin(report, 'hr').size).gzip / 1000).toFixed(2).slice(0, -1)}`,
    )
    expect(message).toContain('`@company/noise` by ')
    expect(await fails({ baseline: '../sizes/none.json' })).toContain(
      'sizes/none.json, which is not the composition.json of a build',
    )
  })

  test('beyond a budget may be a warning, and a budget of nobody is one', async () => {
    const { warnings } = await options({
      budgets: { hr: '1 kB', wsm: '1 kB' },
      severity: { FM5003: 'warning' },
    })
    expect(warnings).toEqual([
      expect.stringMatching(/warning\[FM2020\]: The option `budgets` names `wsm`[\s\S]*Did you mean `wms`\?/),
      expect.stringContaining('warning[FM5003]: `hr` is'),
    ])
  })
})

test.each([
  ['150'],
  ['150 KB'],
  ['150kb'],
  [' 150 kB'],
  ['-1 kB'],
  ['1e3 kB'],
  ['1,5 kB'],
  ['kB'],
  [150],
  ['1 toString'],
  [null],
])('the size %j is refused', (size) => {
  expect(() => frameworkMPlugin({ budgets: { wms: size as string } })).toThrow(
    `[framework-m] the budget of \`wms\` is a size such as '150 kB', not ${JSON.stringify(size)}.`,
  )
})

test.each([['0 B'], ['150 kB'], ['150kB'], ['1.5 MB'], ['64 KiB'], ['0.25 MiB']])(
  'the size %j is taken',
  (size) => {
    expect(() => frameworkMPlugin({ budgets: { '*': size } })).not.toThrow()
  },
)

function known(size: Size): Known {
  expect(Object.values(size)).not.toContain(null)
  return size as Known
}

function added(a: Known, b: Known): Known {
  return { raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli }
}
