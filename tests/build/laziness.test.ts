import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Build, build, buildByHand, type Chunk, versions } from './builds.js'
import {
  css,
  folderOf,
  manyPlugins,
  type PluginSpec,
  pagesOf,
  type Workspace,
  workspace,
} from './workspace.js'

const HOST = '\0virtual:framework-m-plugins'

describe.each(versions)('a build with %s', (version) => {
  describe.each([1, 3, 100])('of %d plugins', (count) => {
    const plugins = manyPlugins(count)
    let app: Workspace
    let built: Build
    let byHand: Build
    const chunkOf = (plugin: PluginSpec) => built.lazy(`${HOST}/${plugin.name}.js`)

    beforeAll(async () => {
      app = workspace(plugins)
      built = await build(version, app)
      byHand = await buildByHand(version, app)
    })
    afterAll(() => app.remove())

    test('prints no warning', () => {
      expect(built.warnings).toEqual([])
    })

    test('loads no plugin with the shell', () => {
      const first = built.closure(built.entry())
      expect(marks(first)).toEqual(['shell', 'ui'])
      expect(first.length).toBeLessThanOrEqual(byHand.closure(byHand.entry('hand')).length)
      expect(
        first.flatMap((chunk) => chunk.modules).filter((id) => id.startsWith(`${app.root}/apps/`)),
      ).toEqual([])
      const loaded = [...built.read('index.html').matchAll(/(?:src|href)="\/(assets[^"]*)"/g)].map(
        (match) => match[1],
      )
      const files = first.flatMap((chunk) => [chunk.file, ...chunk.css])
      expect(files).toEqual(expect.arrayContaining(loaded))
    })

    test('reaches each plugin by one import() and names its chunk after it', () => {
      const texts = built
        .all()
        .map((chunk) => chunk.code)
        .join('\n')
      for (const plugin of plugins) {
        const { file } = chunkOf(plugin)
        expect(file).toMatch(new RegExp(`^assets/${plugin.name}-[\\w-]{8}\\.js$`))
        expect(
          texts.split(`import(\`./${base(file)}\`)`).length + texts.split(`import("./${base(file)}")`).length,
        ).toBe(3)
      }
    })

    test('gives a plugin all of its code and CSS, and nobody else’s', () => {
      for (const plugin of plugins) {
        const all = built
          .closure(chunkOf(plugin))
          .filter((chunk) => !built.closure(built.entry()).includes(chunk))
        expect(pluginMarks(all, plugin)).toEqual([...pagesOf(plugin), 'helper', 'service'].sort())
        const foreign = marks(all).filter((name) => ![plugin.name, 'ui', 'shell'].includes(name))
        expect(foreign).toEqual(plugin.borrows ? [plugin.borrows] : [])
        if (plugin.borrows) expect(pluginMarks(all, { name: plugin.borrows })).toEqual(['helper'])
        const styles = [...new Set(all.flatMap((chunk) => chunk.css))]
          .map((file) => built.read(file))
          .join('')
        const own = pagesOf(plugin).map((page) => css(`mark-${plugin.name}-${page}`))
        expect([...styles.matchAll(/\.(mark-[\w-]+)/g)].map((match) => match[1]).sort()).toEqual(
          [...own, 'mark-ui-card'].sort(),
        )
      }
    })

    test('opens a plugin with at most two requests more than code split by hand', () => {
      for (const plugin of plugins) {
        const hand = byHand.lazy(`${app.root}/apps/${folderOf(plugin)}/frontend/hand.ts`)
        const needed = built.requests(chunkOf(plugin), built.entry())
        expect(needed.length).toBeLessThanOrEqual(byHand.requests(hand, byHand.entry('hand')).length + 2)
      }
    })

    test('makes the shell no larger than the hand-written one, but for the data', () => {
      const size = (from: Build, name: string) =>
        from.closure(from.entry(name)).reduce((sum, { code }) => sum + code.length, 0)
      const data = 1200 + 700 * count
      expect(size(built, 'index')).toBeLessThan(size(byHand, 'hand') + data)
    })

    test('reports what it made of each plugin', () => {
      const report = built.report()
      expect(report.plugins.map(({ name }) => name).sort()).toEqual(plugins.map(({ name }) => name).sort())
      for (const plugin of plugins) {
        const entry = report.plugins.find(({ name }) => name === plugin.name)
        const { file, css } = chunkOf(plugin)
        expect(entry).toMatchObject({
          version: `1.${plugins.indexOf(plugin)}.0`,
          chunks: expect.arrayContaining([file]),
          css: expect.arrayContaining(css),
        })
        const { chunks = [], css: styles = [], size } = entry ?? {}
        const bytes = [...chunks, ...styles].map((name) => Buffer.byteLength(built.read(name)))
        expect(size?.raw).toBe(bytes.reduce((sum, length) => sum + length))
        expect(size?.gzip).toBeGreaterThan(0)
      }
      const listed = [report.shell, report.shared, ...report.plugins].flatMap((part) => part.chunks)
      expect(listed.sort()).toEqual([...built.chunks.keys()].sort())
    })
  })
})

/** The names behind the markers in these chunks: `mark:wms:stock` → `wms`. */
function marks(chunks: Chunk[]): string[] {
  const found = chunks.flatMap(({ code }) => [...code.matchAll(/mark:([^:]+):/g)])
  return [...new Set(found.map((match) => match[1] ?? ''))].sort()
}

function pluginMarks(chunks: Chunk[], { name }: PluginSpec): string[] {
  const found = chunks.flatMap(({ code }) => code.match(/mark:[^:]+:[\w-]+/g) ?? [])
  const own = found.filter((mark) => mark.startsWith(`mark:${name}:`)).map((mark) => mark.split(':')[2] ?? '')
  return [...new Set(own)].sort()
}

const base = (file: string) => file.slice(file.lastIndexOf('/') + 1)
