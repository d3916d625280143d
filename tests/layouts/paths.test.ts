/** Workspaces in folders with unusual names and behind links: the same composition as in a plain folder. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Composed, Composer } from '@framework-m/composer'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, serve, show, visit } from '../build/browser.js'
import { type Build, build, buildByHand, VERSIONS, type Version, versions } from '../build/builds.js'
import { Dev } from '../build/dev.js'
import { manyPlugins, type Workspace, workspace } from '../build/workspace.js'
import { write } from '../oracle/installs/managers.js'

const PRECOMPOSED = 'caf\u00e9'
const DECOMPOSED = 'cafe\u0301'

/** Folders that people have. */
const NAMES = {
  'a space': 'my company',
  'an é': PRECOMPOSED,
  'an e with an accent': DECOMPOSED,
  'Chinese characters': '仓库',
  'an emoji': '🏭 app',
  brackets: '[tenant] (1) {a,b}',
  'a dollar': '$work',
  'a hash': 'c#',
  'a percent sign': '100%',
  'an escape sequence': 'a%20b',
  'an ampersand, a quote and a plus': "r&d's + 'x'",
  'an exclamation mark and an at': 'wow!@2',
}

const COMMAND = join(import.meta.dirname, '../../npm/composer/bin/framework-m.js')

let plain: Workspace
let expected: Composed
let browser: Browser
const made: string[] = []

beforeAll(async () => {
  plain = workspace(manyPlugins(3))
  expected = composed(plain.root)
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  for (const folder of [plain.root, ...made])
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
})

function composed(root: string): Composed {
  return new Composer({ root, shell: join(root, 'frontend') }).compose()
}

/** A workspace that was moved, or is reached by another path. */
function at(app: Workspace, root: string): Workspace {
  return { ...app, root, shell: join(root, 'frontend'), write: (file, text) => write(root, file, text) }
}

/** The same workspace in a folder of this name. */
function named(name: string): Workspace {
  const app = workspace(manyPlugins(3))
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-paths-')))
  made.push(home)
  const root = join(home, name)
  renameSync(app.root, root)
  // Links to the workspace's own packages are absolute: they are made anew.
  for (const [link, folder] of [
    ['@company/ui', 'packages/ui'],
    ['@framework-m/plugin-sdk', 'packages/sdk'],
  ] as const) {
    rmSync(join(root, 'node_modules', link))
    symlinkSync(join(root, folder), join(root, 'node_modules', link), 'junction')
  }
  return at(app, root)
}

/** What has to be the same wherever a workspace is. */
function expectSame({ module, types, entries, composition, tree, bundle }: Composed) {
  expect(composition).toEqual(expected.composition)
  expect({ module, types, entries, tree, bundle }).toEqual({
    module: expected.module,
    types: expected.types,
    entries: expected.entries,
    tree: expected.tree,
    bundle: expected.bundle,
  })
}

async function runs(built: Build) {
  const server = await serve(built.dist)
  const at = await visit(browser, server.url)
  await show(at, '/wms/stock')
  expect(await at.page.textContent('h2')).toBe('mark:wms:stock')
  await show(at, '/hr/moves')
  expect(await at.page.textContent('h2')).toBe('mark:hr:moves')
  expect(at.errors).toEqual([])
  await at.page.close()
  await server.close()
}

const written = (built: Build) =>
  built
    .all()
    .flatMap(({ file, css }) => [file, ...css])
    .sort()

describe.each(Object.entries(NAMES))('in a folder whose name has %s', (_, name) => {
  let app: Workspace
  beforeAll(() => {
    app = named(name)
  })

  test('is composed as elsewhere, by the command too', () => {
    expectSame(composed(app.root))
    const { stdout, status } = spawnSync(process.execPath, [COMMAND, 'inspect', '--json'], {
      cwd: app.shell,
      encoding: 'utf8',
    })
    expect({ status, composition: JSON.parse(stdout) }).toEqual({
      status: 0,
      composition: expected.composition,
    })
  })

  test.each(versions)('is built by %s, and runs', async (version) => {
    if (version === 'Vite 7' && name === NAMES['a hash']) {
      await expect(buildByHand(version, app)).rejects.toThrow('Failed to resolve')
      return
    }
    const built = await build(version, app)
    expect(built.warnings.filter((text) => !/project root contains the "#" character/.test(text))).toEqual([])
    expect(written(built).map((file) => file.replace(/-[\w-]{8}\./, '.'))).toContain('assets/wms.js')
    await runs(built)
  })
})

/** What Vite itself does not serve: it decodes such paths, or takes the rest for a fragment. */
const UNSERVED: string[] = [NAMES['a hash'], NAMES['a percent sign'], NAMES['an escape sequence']]

const isServed = ([, name]: [string, string]) => !UNSERVED.includes(name)
const [served, unserved] = [true, false].map((is) =>
  Object.entries(NAMES).filter((entry) => isServed(entry) === is),
)

describe.each(unserved ?? [])('a dev server in a folder whose name has %s', (_, name) => {
  test.each(versions)('is none of %s, which alone serves nothing there', async (version) => {
    const [there, elsewhere] = [await servedByHand(version, named(name)), await servedByHand(version, plain)]
    expect(elsewhere).toContain('mark:wms:service')
    expect(there).not.toContain('mark:wms:service')
  })
})

describe.each(served ?? [])('a dev server in a folder whose name has %s', (_, name) => {
  test('shows a page, and follows edits', async () => {
    const dev = await Dev.start('Vite 8', named(name))
    dev.at.page.setDefaultTimeout(30_000)
    try {
      await dev.open('/wms/stock')
      await dev.shows('h2', 'mark:wms:stock')
      await dev.type('shell', 'typed')
      dev.edit('apps/hr/frontend/plugin.config.ts', (text) => text.replace('hr label', 'people'))
      await dev.shows('nav', 'people')
      dev.edit('apps/wms/frontend/src/pages/stock.tsx', (text) => text.replace('<Card>', '<Card>edited '))
      await dev.shows('section', 'edited')
      expect(await dev.typed('shell')).toBe('typed')
      expect(dev.at.loads()).toBe(1)
      expect(dev.at.errors).toEqual([])
    } finally {
      await dev.stop()
    }
  })
})

/** What Vite without us serves for an import of a plugin's module in the shell: at the address that it writes there itself. */
async function servedByHand(version: Version, app: Workspace): Promise<string> {
  const server = await VERSIONS[version].createServer({
    root: app.shell,
    configFile: false,
    logLevel: 'silent',
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { port: 0 },
  })
  await server.listen()
  try {
    write(app.root, 'frontend/src/by-hand.ts', `import '../../apps/wms/frontend/src/service'\n`)
    const base = server.resolvedUrls?.local[0] ?? ''
    const shell = await fetch(new URL('src/by-hand.ts', base)).then((response) => response.text())
    const [, address = 'nowhere'] = /import "(.*service\.ts)"/.exec(shell) ?? []
    return await fetch(new URL(address, base)).then((response) => response.text())
  } finally {
    await server.close()
  }
}

describe('a workspace that is reached through links', () => {
  const linked = (target: string, ...path: string[]) => {
    const link = join(...path)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(target, link, 'junction')
    return link
  }
  const scratch = () => {
    const home = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-links-')))
    made.push(home)
    return home
  }

  test('by its root: is composed as elsewhere, built, and runs', async () => {
    const root = linked(plain.root, scratch(), 'linked')
    expectSame(composed(root))
    const built = await build('Vite 8', at(plain, root))
    expect(built.warnings).toEqual([])
    await runs(built)
  })

  test.each(['inside', 'outside'])(
    'by a member that is really elsewhere, %s of the workspace',
    async (where) => {
      const app = named('linked')
      const folder = join(app.root, 'apps/hr/frontend')
      const elsewhere = join(where === 'inside' ? app.root : dirname(app.root), 'elsewhere/deep/hr')
      mkdirSync(dirname(elsewhere), { recursive: true })
      renameSync(folder, elsewhere)
      linked(elsewhere, folder)
      // What a package finds by going up, it finds where it really is.
      for (const name of ['node_modules', 'tsconfig.json'])
        linked(join(app.root, name), dirname(app.root), name)
      expectSame(composed(app.root))
      for (const version of versions) {
        const built = await build(version, app, { build: { outDir: `dist-${version.at(-1)}` } })
        expect(built.warnings).toEqual([])
        await runs(built)
      }
      const byRoute = await build('Vite 8', app, { plugin: { codeSplitting: 'route' } })
      expect(byRoute.warnings).toEqual([])
      expect(written(byRoute)).toEqual(
        written(await build('Vite 8', plain, { plugin: { codeSplitting: 'route' } })),
      )
    },
  )

  test('by a member that is really elsewhere: a dev server follows its edits', async () => {
    const app = named('served')
    const folder = join(app.root, 'apps/hr/frontend')
    const elsewhere = join(dirname(app.root), 'elsewhere/hr')
    mkdirSync(dirname(elsewhere), { recursive: true })
    renameSync(folder, elsewhere)
    linked(elsewhere, folder)
    for (const name of ['node_modules', 'tsconfig.json'])
      linked(join(app.root, name), dirname(app.root), name)
    const dev = await Dev.start('Vite 8', app, { server: { port: 0, fs: { allow: [dirname(app.root)] } } })
    dev.at.page.setDefaultTimeout(30_000)
    try {
      await dev.open('/hr/moves')
      await dev.shows('h2', 'mark:hr:moves')
      await dev.type('shell', 'typed')
      dev.edit('apps/hr/frontend/src/pages/moves.tsx', (text) => text.replace('<Card>', '<Card>edited '))
      await dev.shows('section', 'edited')
      dev.edit('apps/hr/frontend/plugin.config.ts', (text) => text.replace('hr label', 'people'))
      await dev.shows('nav', 'people')
      expect(await dev.typed('shell')).toBe('typed')
      expect(dev.at.loads()).toBe(1)
      expect(dev.at.errors).toEqual([])
    } finally {
      await dev.stop()
    }
  })

  test('that lead round in circles: ends, and finds what there is once', () => {
    const app = named('circles')
    linked(join(app.root, 'apps'), app.root, 'apps/again')
    linked(app.root, app.root, 'apps/wms/frontend/src/company')
    linked(join(app.root, 'apps/nowhere'), app.root, 'apps/nowhere')
    linked(join(app.root, 'gone'), app.root, 'apps/gone/frontend')
    const found = composed(app.root)
    expect(found.diagnostics).toEqual([])
    expectSame(found)
  })
})
