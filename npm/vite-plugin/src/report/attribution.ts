import { type Bundle, chunksOf, filesOf, type OutputChunk } from '../graph/bundle.js'
import type { OwnerOf } from '../graph/ownership.js'

export const SHELL = Symbol('the shell')
export const SHARED = Symbol('shared')
export type Owner = string | typeof SHELL | typeof SHARED

/** Whose the files of a build are. */
export interface Attribution {
  /** The owner of each file. */
  owners: Map<string, Owner>
  /** The plugins that load a file which the shell does not load at once. */
  users: Map<string, Set<string>>
}

/**
 * A chunk is the shell's if it is loaded at once, and its only plugin's if it holds code of one: borrowed code counts where
 * it is written. Any other chunk is its only user's, or shared. A style sheet follows the chunks that load it.
 */
export function attributed(bundle: Bundle, ownerOf: OwnerOf): Attribution {
  const chunks = chunksOf(bundle)
  const entries = chunks.filter((chunk) => chunk.isEntry)
  const first = reached(entries, named(chunks), (chunk) => chunk.imports)
  const rest = chunks.filter(({ fileName }) => !first.has(fileName))
  const held = new Map(rest.map((chunk) => [chunk.fileName, pluginsIn(chunk, ownerOf)]))
  const users = usersOf(rest, held)
  const owners = new Map<string, Owner>()
  for (const { fileName } of chunks) {
    const plugins = held.get(fileName)?.size ? held.get(fileName) : users.get(fileName)
    owners.set(fileName, plugins === undefined ? SHELL : (only(plugins) ?? SHARED))
  }
  attributeStyles(bundle, { owners, users })
  return { owners, users }
}

function usersOf(chunks: OutputChunk[], held: Map<string, Set<string>>): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>()
  const lazy = named(chunks)
  for (const chunk of chunks) {
    const owner = only(held.get(chunk.fileName))
    if (owner === undefined) continue
    const all = reached([chunk], lazy, ({ imports, dynamicImports }) => [...imports, ...dynamicImports])
    for (const file of all) users.set(file, (users.get(file) ?? new Set()).add(owner))
  }
  return users
}

/** Of several chunks that load a style sheet the shell's counts first; of several plugins none owns it. */
function attributeStyles(bundle: Bundle, { owners, users }: Attribution): void {
  const loaders = new Map<string, string[]>()
  for (const { fileName, viteMetadata } of chunksOf(bundle))
    for (const css of viteMetadata?.importedCss ?? [])
      loaders.get(css)?.push(fileName) ?? loaders.set(css, [fileName])
  for (const file of filesOf(bundle)) {
    if (owners.has(file)) continue
    const chunks = loaders.get(file) ?? []
    const candidates = new Set(chunks.map((chunk) => owners.get(chunk)))
    const isShells = chunks.length === 0 || candidates.has(SHELL)
    owners.set(file, isShells ? SHELL : candidates.size === 1 ? ([...candidates][0] as Owner) : SHARED)
    users.set(file, new Set(chunks.flatMap((chunk) => [...(users.get(chunk) ?? [])])))
  }
}

/** The plugin whose `import()` loads the chunk; where it is loaded along with others, those whose code it holds. */
function pluginsIn({ facadeModuleId, moduleIds }: OutputChunk, ownerOf: OwnerOf): Set<string> {
  const loaded = facadeModuleId ? ownerOf(facadeModuleId) : undefined
  if (loaded !== undefined) return new Set([loaded])
  return new Set(moduleIds.map(ownerOf).filter((owner) => owner !== undefined))
}

function named(chunks: OutputChunk[]): Map<string, OutputChunk> {
  return new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
}

/** The files of the chunks that these lead to, themselves among them. */
function reached(
  from: OutputChunk[],
  among: Map<string, OutputChunk>,
  next: (chunk: OutputChunk) => string[],
): Set<string> {
  const seen = new Set<string>()
  const work = [...from]
  for (let chunk = work.pop(); chunk; chunk = work.pop()) {
    if (seen.has(chunk.fileName)) continue
    seen.add(chunk.fileName)
    for (const file of next(chunk)) {
      const imported = among.get(file)
      if (imported) work.push(imported)
    }
  }
  return seen
}

function only(names: Set<string> | undefined): string | undefined {
  return names?.size === 1 ? [...names][0] : undefined
}
