import { type Bundle, chunksOf } from '../graph/bundle.js'
import type { OwnerOf } from '../graph/ownership.js'

/** A chunk that the shell loads at once, and that holds code of a plugin. */
interface EagerChunk {
  plugin: string
  /** Chunk by chunk, from one that a page starts with. */
  chain: string[]
  /** The first module of the plugin in the last of them. */
  module: string
}

/** One for each plugin. A bundle of a single chunk was asked for: there nothing is lazy. */
export function eagerChunks(
  bundle: Bundle,
  ownerOf: OwnerOf,
  isAllowed: (id: string) => boolean,
): EagerChunk[] {
  const chunks = new Map(chunksOf(bundle).map((chunk) => [chunk.fileName, chunk]))
  if (chunks.size === 1) return []
  const entries = [...chunks.values()].filter(
    ({ isEntry, facadeModuleId }) => isEntry && !(facadeModuleId && ownerOf(facadeModuleId)),
  )
  const chains = new Map(entries.map(({ fileName }) => [fileName, [fileName]]))
  const found = new Map<string, EagerChunk>()
  for (const [file, chain] of chains) {
    const chunk = chunks.get(file)
    for (const module of chunk?.moduleIds ?? []) {
      const plugin = ownerOf(module)
      if (plugin !== undefined && !found.has(plugin) && !isAllowed(module))
        found.set(plugin, { plugin, chain, module })
    }
    for (const imported of chunk?.imports ?? [])
      if (!chains.has(imported)) chains.set(imported, [...chain, imported])
  }
  return [...found.values()]
}
