import { RESOLVED_HOST, RESOLVED_SCRIPT } from '../composition/ids.js'
import { normalizePath } from '../composition/normalize-path.js'
import { type Bundle, isCss, type OutputChunk } from '../graph/bundle.js'

/** What is read of a compilation of webpack or Rspack; their types name each other's classes and not these. */
export interface Compilation {
  modules: Iterable<Module>
  chunks: Iterable<Chunk>
  entries: Map<string, { dependencies: Dependency[] }>
  moduleGraph: {
    getModule(dependency: Dependency): Module | null
    getOutgoingConnections(module: Module): Iterable<{ dependency: Dependency | null; module: Module | null }>
  }
  chunkGraph: { getChunkModules(chunk: Chunk): Module[] }
}

export interface Module {
  resource?: string
  /** The modules that were put together to this one. */
  modules?: Module[]
  /** What a module stands for that nobody has asked a dev server for yet. */
  originalModule?: Module
  nameForCondition?(): string | null
  /** The text that loaders have made of the module. */
  originalSource?(): { source(): string | Buffer } | null
  size(): number
}

interface Dependency {
  type: string
  request?: string
}

interface Chunk {
  name?: string | null
  files: Iterable<string>
  groupsIterable: Iterable<ChunkGroup>
}

/** Chunks that are loaded together. */
interface ChunkGroup {
  name?: string | null
  chunks: Chunk[]
  childrenIterable: Iterable<ChunkGroup>
  isInitial(): boolean
}

interface Links {
  imports: Set<string>
  lazyImports: Set<string>
  /** What imports the module at once. */
  importers: Set<string>
  /** What specifiers in the module lead to. */
  specifiers: Map<string, string>
}

/** The modules of a compilation, named as Rollup names them. */
export class WebpackGraph {
  readonly #links = new Map<string, Links>()
  readonly #entries: Set<string>
  readonly #modules = new Map<string, Module>()

  /** What is imported by modules that are `left` is not asked for: asking is what costs. */
  constructor({ modules, moduleGraph, entries }: Compilation, isLeft: (id: string) => boolean) {
    const started = [...entries.values()].flatMap(({ dependencies }) => dependencies)
    this.#entries = new Set(started.map((dependency) => idOf(moduleGraph.getModule(dependency))))
    for (const module of modules) {
      const id = idOf(module)
      this.#modules.set(id, module)
      const links = this.#linksOf(id)
      if (isLeft(id)) continue
      for (const { dependency, module: imported } of moduleGraph.getOutgoingConnections(module))
        if (dependency && imported) this.#connect(id, links, dependency, idOf(imported))
    }
  }

  get ids(): string[] {
    return [...this.#links.keys()].filter((id) => id !== NONE)
  }

  isEntry = (id: string): boolean => this.#entries.has(id)
  imports = (id: string): string[] => [...this.#linksOf(id).imports]
  lazyImports = (id: string): string[] => [...this.#linksOf(id).lazyImports]
  importers = (id: string): string[] => [...this.#linksOf(id).importers]

  /** The text of a module; of one that nobody has asked for yet, that of what stands for it. */
  text(id: string): string | undefined {
    return this.#modules.get(id)?.originalSource?.()?.source().toString()
  }

  resolve(specifier: string, importer: string): string | undefined {
    return this.#linksOf(importer).specifiers.get(specifier)
  }

  #connect(id: string, links: Links, { type, request }: Dependency, imported: string): void {
    if (imported === id || imported === NONE) return
    const isLazy = type === 'import()' || type === 'import() weak'
    links[isLazy ? 'lazyImports' : 'imports'].add(imported)
    if (!isLazy) this.#linksOf(imported).importers.add(id)
    if (request !== undefined) links.specifiers.set(request, imported)
  }

  #linksOf(id: string): Links {
    const known = this.#links.get(id)
    if (known) return known
    const links: Links = {
      imports: new Set(),
      lazyImports: new Set(),
      importers: new Set(),
      specifiers: new Map(),
    }
    this.#links.set(id, links)
    return links
  }
}

/** The id of what is no module of anybody's: the bundler's own, and what is external. */
const NONE = ''

/** How unplugin names a module that is in no file: by a path in a folder that does not exist, with the id encoded. */
const VIRTUAL = '%00virtual%3A'

export function isVirtual(path: string): boolean {
  return path.includes(VIRTUAL)
}

/** A module's name as Rollup has it. */
export function idOf(module: Module | null): string {
  if (module?.originalModule) return idOf(module.originalModule)
  const path = module?.resource || module?.nameForCondition?.() || NONE
  const virtual = path.indexOf(VIRTUAL)
  if (virtual < 0) return path && normalizePath(path)
  const id = decodeURIComponent(path.slice(virtual))
  return id === RESOLVED_SCRIPT ? RESOLVED_HOST : id
}

/**
 * The chunks of a compilation as Rollup would have them. Those that a page starts with are entries, as all are loaded at
 * once; a plugin's chunk, which has its name, imports whatever is loaded along with it. `facadeOf` is the module that is
 * behind the name of a chunk.
 */
export function bundleOf(
  { chunks, chunkGraph }: Compilation,
  facadeOf: (name: string) => string | undefined,
): Bundle {
  const found = [...chunks].flatMap((chunk) => {
    const fileName = scriptOf(chunk)
    if (fileName === undefined) return []
    const groups = [...chunk.groupsIterable]
    const named = groups.filter(({ name }) => name && name === chunk.name)
    const modules = sizes(chunkGraph.getChunkModules(chunk))
    const output: OutputChunk = {
      type: 'chunk',
      fileName,
      isEntry: groups.some((group) => group.isInitial()),
      facadeModuleId: (chunk.name && facadeOf(chunk.name)) || null,
      moduleIds: Object.keys(modules),
      modules,
      imports: scriptsOf(named).filter((file) => file !== fileName),
      dynamicImports: scriptsOf(groups.flatMap(({ childrenIterable }) => [...childrenIterable])),
      viteMetadata: { importedCss: new Set([...chunk.files].map(onDisk).filter(isCss)) },
    }
    const styles = [...(output.viteMetadata?.importedCss ?? [])]
    return [output, ...styles.map((file) => ({ type: 'asset' as const, fileName: file }))]
  })
  return Object.fromEntries(found.map((output) => [output.fileName, output]))
}

function scriptOf({ files }: Chunk): string | undefined {
  return [...files].map(onDisk).find((file) => /\.[cm]?js$/.test(file))
}

/** `[name].js?v=[contenthash]` is how the file is asked for; it is written without the query. */
export function onDisk(file: string): string {
  return file.replace(/\?.*$/s, '')
}

function scriptsOf(groups: ChunkGroup[]): string[] {
  const files = groups.flatMap(({ chunks }) => chunks.map(scriptOf))
  return [...new Set(files)].filter((file) => file !== undefined)
}

function sizes(modules: Module[]): OutputChunk['modules'] {
  const all = modules.flatMap((module) => (module.modules?.length ? module.modules : [module]))
  const found: OutputChunk['modules'] = {}
  for (const module of all) {
    const id = idOf(module)
    // A style sheet may be two modules: its text, and its names for scripts.
    const before = found[id]?.renderedLength ?? 0
    if (id !== NONE) found[id] = { renderedLength: before + module.size() }
  }
  return found
}
