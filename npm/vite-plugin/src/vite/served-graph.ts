import type { ImportSite } from '@framework-m/composer'
import type { EnvironmentModuleGraph, EnvironmentModuleNode } from 'vite'
import { RESOLVED } from '../composition/ids.js'
import type { Session } from '../composition/session.js'

/** What a module imported at once when it was last served. */
interface Served {
  given: object
  urls: Set<string>
}

/** A text that is served again is not read again. A module that Vite holds for stale is in pages as it was. */
const served = new WeakMap<EnvironmentModuleNode, Served>()

/** What the texts that were served export. */
const exported = new WeakMap<object, string[] | undefined>()

/**
 * The modules that pages of a dev server have been given, as a graph. Vite does not tell imports from `import()`s, so the
 * texts are read. There are no entries, since what pages no longer load stays in Vite's graph: the shell is what leads to
 * the composition.
 */
export function servedGraph(
  graph: EnvironmentModuleGraph,
  base: string,
  session: Pick<Session, 'importsIn' | 'exportsIn'>,
) {
  const ids = (modules: Iterable<EnvironmentModuleNode> | undefined) =>
    [...(modules ?? [])].map(({ id }) => id).filter((id) => id !== null)
  const isVendors = (id: string) => id.includes('/node_modules/') && !RESOLVED.test(id)
  return {
    ids: [...graph.idToModuleMap.keys()],
    isEntry: () => false,
    imports(id: string) {
      const module = graph.getModuleById(id)
      if (!module || isVendors(id)) return []
      const given = module.transformResult
      if (given && served.get(module)?.given !== given) {
        const sites = session.importsIn('served.js', given.code).filter(({ lazy }) => !lazy)
        served.set(module, { given, urls: new Set(sites.map((site) => plainUrl(site, base))) })
      }
      const urls = served.get(module)?.urls
      return ids([...module.importedModules].filter(({ url }) => urls?.has(url) || urls?.has(wrapped(url))))
    },
    lazyImports: (id: string) => ids(graph.getModuleById(id)?.importedModules),
    importers: (id: string) => ids(graph.getModuleById(id)?.importers),
    exports(id: string) {
      const given = graph.getModuleById(id)?.transformResult
      if (given && !exported.has(given)) exported.set(given, session.exportsIn(given.code))
      return given ? exported.get(given) : undefined
    },
  }
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
