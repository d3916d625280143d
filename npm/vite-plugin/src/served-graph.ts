import type { ImportSite } from '@framework-m/composer'
import type { EnvironmentModuleGraph, EnvironmentModuleNode } from 'vite'
import { RESOLVED } from './ids.js'

/** What the text that a browser was given for a module imports. */
type Reading = (text: string) => ImportSite[]

/** By what a browser was given: the URLs that it imports at once. A text that is served again is not read again. */
const urls = new WeakMap<object, Set<string>>()

/**
 * The modules that pages of a dev server have been given, as a graph. Vite does not tell imports from `import()`s, so the
 * texts are read. There are no entries, since what pages no longer load stays in Vite's graph: the shell is what leads to
 * the composition.
 */
export function servedGraph(graph: EnvironmentModuleGraph, base: string, read: Reading) {
  const ids = (modules: Iterable<EnvironmentModuleNode> | undefined) =>
    [...(modules ?? [])].map(({ id }) => id).filter((id) => id !== null)
  const imported = (id: string) => graph.getModuleById(id)?.importedModules
  const isVendors = (id: string) => id.includes('/node_modules/') && !RESOLVED.test(id)
  return {
    ids: [...graph.idToModuleMap.keys()],
    isEntry: () => false,
    imports(id: string) {
      const given = graph.getModuleById(id)?.transformResult
      if (!given || isVendors(id)) return []
      const known =
        urls.get(given) ??
        new Set(
          read(given.code)
            .filter(isStatic)
            .map((site) => plainUrl(site, base)),
        )
      urls.set(given, known)
      return ids([...(imported(id) ?? [])].filter(({ url }) => known.has(url) || known.has(wrapped(url))))
    },
    lazyImports: (id: string) => ids(imported(id)),
    importers: (id: string) => ids(graph.getModuleById(id)?.importers),
  }
}

function isStatic({ lazy }: ImportSite): boolean {
  return !lazy
}

/** The URL under which Vite's graph knows a module: without the base, and without what tells versions apart. */
function plainUrl({ specifier }: ImportSite, base: string): string {
  const path = specifier.startsWith(base) ? `/${specifier.slice(base.length)}` : specifier
  return path.replace(/([?&])(?:t=\d+|import)(?=&|$)&?/g, '$1').replace(/[?&]+$/, '')
}

/** How a browser asks for what is no path. */
function wrapped(url: string): string {
  return `/@id/${url.replace('\0', '__x00__')}`
}
