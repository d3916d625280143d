import type { UnpluginOptions } from 'unplugin'
import { normalizePath } from '../composition/normalize-path.js'
import type { Session } from '../composition/session.js'
import { definitions } from './definitions.js'
import { edited } from './edits.js'
import { type Finish, neverCached } from './modules.js'
import { type PageImport, pageImports } from './pages.js'

/** Without these a configuration stays as it is. Bundlers look for them by themselves, and ask for the other modules in vain. */
const filter = { code: /\bimport\s*\(|\bdefine(?:Plugin|ExtensionPoint)\b/ }

/** In a build a plugin's configuration takes pages from where its entry has them, and nothing from the SDK that it can do without. */
export function lightensConfigurations(session: Session, finish: Finish = (text) => text): UnpluginOptions {
  const pages = (id: string) => session.pages(normalizePath(id))
  /** The imports that were last replaced in a module, by its id. */
  const replaced = new Map<string, string>()
  const lighten = (code: string, id: string, manner: Manner) => {
    const imports = pages(id)
    replaced.set(id, JSON.stringify(imports))
    return lightened(code, imports, manner)
  }
  const handler = function (this: object, code: string, id: string) {
    // What stands for a page has the plugin's name in it, and that may change in another file.
    if (pages(id)?.some(({ page }) => page)) neverCached(this)
    return lighten(code, id, { finish })
  }
  const before = { order: 'pre', filter, handler } as const
  /** Rollup, while it watches, keeps a module for as long as its file is as it was. */
  const shouldTransformCachedModule = ({ id }: { id: string }) =>
    replaced.has(id) && replaced.get(id) !== JSON.stringify(pages(id))
  return {
    name: 'framework-m:configurations',
    enforce: 'pre',
    // Without it every module of a webpack build would go through a loader.
    transformInclude: (id) => pages(id) !== undefined,
    transform: { filter, handler },
    vite: {
      apply: 'build',
      transform: {
        order: 'pre',
        filter,
        handler(code, id) {
          const { sourcemap } = this.environment.config.build
          return lighten(code, id, { isMapped: sourcemap !== false })
        },
      },
      ...({ shouldTransformCachedModule } as object),
    },
    rollup: { transform: before, shouldTransformCachedModule },
    rolldown: { transform: before },
  }
}

interface Manner {
  finish?: Finish
  isMapped?: boolean
}

/** The text of a configuration with such imports of pages; `undefined` where it stays as it is, or is no configuration. */
export function lightened(
  code: string,
  pages: PageImport[] | undefined,
  { finish = (text) => text, isMapped = true }: Manner = {},
): ReturnType<typeof edited> {
  if (pages === undefined) return undefined
  const { edits, end } = pageImports(code, pages, finish)
  return edited(code, [...edits, ...definitions(code)], end, isMapped)
}
