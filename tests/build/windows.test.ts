/** Paths as Windows writes them. Nothing here runs on Windows: Node's rules for it do, on any system. */
import { type Composed, Composer } from '@framework-m/composer'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { anchored } from '../../npm/vite-plugin/src/composition/ids.js'
import { Session } from '../../npm/vite-plugin/src/composition/session.js'
import { ownership } from '../../npm/vite-plugin/src/graph/ownership.js'
import { Sources } from '../../npm/vite-plugin/src/vite/sources.js'

vi.mock('node:path', async (importActual) => {
  const { win32 } = await importActual<typeof import('node:path')>()
  return { ...win32, default: win32 }
})
vi.mock('vite', async (importActual) => ({
  ...(await importActual<typeof import('vite')>()),
  // As Vite has it where the platform is Windows.
  normalizePath: (path: string) => posix.normalize(path.replaceAll('\\', '/')),
}))
const { posix } = await vi.importActual<typeof import('node:path')>('node:path')

const ROOTS = ['C:\\Work\\my shop', 'C:/Work/my shop', 'C:\\Work\\.\\my shop\\']

/** What the core says of a workspace at this root: names relative to it, and absolute paths of the system's own. */
function composedAt(root: string): Composed {
  const real = new Composer({ shell: 'docs/examples/shell', frames: 'none' }).compose()
  const here = (path: string) => path.replace(real.root, root).replaceAll('/', '\\')
  return {
    ...real,
    root,
    watch: {
      ...real.watch,
      files: real.watch.files.map(here),
      missing: real.watch.missing.map(here),
      modules: real.watch.modules.map((module) => ({ ...module, file: here(module.file) })),
    },
  }
}

describe.each(ROOTS)('a workspace at %s', (root) => {
  let composed: Composed
  beforeEach(() => {
    composed = composedAt(root)
  })

  test('is imported from as bundlers name modules', () => {
    const text = (specifier: string) => anchored(`import config from "${specifier}";`, { root })
    expect(text('./plugins/wms/plugin.config.ts')).toBe(
      'import config from "C:/Work/my shop/plugins/wms/plugin.config.ts";',
    )
    expect(text('../libs/x.ts')).toBe('import config from "C:/Work/libs/x.ts";')
    expect(text('../../x.ts')).toBe('import config from "C:/x.ts";')
    // What is on another drive is absolute already.
    expect(text('D:/libs/x.ts')).toBe('import config from "D:/libs/x.ts";')
  })

  test('knows the modules that a bundler names, and the files of which a system tells', () => {
    const session = new Session()
    session.open(() => ({
      compose: () => composed,
      judge: () => [],
      importsIn: () => [],
      exportsIn: () => null,
      watch: () => {
        throw new Error('nothing is watched')
      },
    }))
    expect(session.reads('C:\\Work\\my shop\\plugins\\wms\\plugin.config.ts')).toBe(true)
    expect(session.reads('C:/Work/my shop/plugins/wms/plugin.config.ts')).toBe(true)
    expect(session.reads('C:/Work/my shop/plugins/wms/Stock.test.tsx')).toBe(false)
    expect(session.pages('C:/Work/my shop/plugins/wms/plugin.config.ts')?.length).toBeGreaterThan(3)
  })

  test('tells whose a module is', () => {
    const ownerOf = ownership(composed)
    expect(ownerOf('C:/Work/my shop/plugins/wms/src/pages/StockList.tsx')).toBe('wms')
    expect(ownerOf('C:/Work/my shop/plugins/finance/src/StockValue.tsx?raw')).toBe('finance')
    expect(ownerOf('C:/Work/my shop/plugins/wms/node_modules/x/index.js')).toBeUndefined()
    expect(ownerOf('C:/Work/my shop/shell/src/App.tsx')).toBeUndefined()
    expect(ownerOf('D:/elsewhere/x.ts')).toBeUndefined()
    expect(ownerOf('\0virtual:framework-m-plugins/wms.js')).toBe('wms')
  })

  test('tells what an event means', () => {
    const sources = new Sources(composed)
    expect(sources.matters('update', 'C:/Work/my shop/plugins/wms/plugin.config.ts')).toBe(true)
    expect(sources.matters('update', 'C:/Work/my shop/plugins/wms/src/pages/StockList.tsx')).toBe(false)
  })
})
