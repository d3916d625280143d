import type { Entry } from '@framework-m/composer'
import type { Compiler } from 'webpack'
import { SHARED } from '../graph/shared-code.js'
import { idOf, type Module } from './graph.js'
import { NAME } from './messages.js'

/**
 * The name of a plugin's chunk. One that has the name of an entry would be the entry's: webpack and Rspack refuse to load that by
 * an `import()`. No other chunk of ours has a `~` in its name.
 */
export function chunkName(
  { chunk }: Pick<Entry, 'chunk'>,
  entries: Pick<Map<string, unknown>, 'has'>,
): string {
  return entries.has(chunk) ? `${chunk}~plugin` : chunk
}

/**
 * Whether the code that several plugins share is to have a chunk. In development it need not: splitting takes its time with
 * every change.
 */
export function splits({ options }: Compiler): boolean {
  return options.optimization.splitChunks !== false && options.mode !== 'development'
}

/**
 * Gives the code that several plugins share a chunk that the shell does not load. By themselves webpack and Rspack write what is
 * small into the chunk of each. The priority is below that of any group of the user's own and above that of the defaults.
 * Source: "SplitChunksPlugin" in webpack's documentation.
 */
export function sharesCode(compiler: Compiler, isShared: (id: string) => boolean): void {
  const { splitChunks } = compiler.options.optimization
  if (!splitChunks || !splits(compiler)) return
  const group = {
    name: SHARED,
    test: (module: object) => isShared(idOf(module as Module)),
    chunks: 'async' as const,
    enforce: true,
    priority: -5,
  }
  splitChunks.cacheGroups = { [NAME]: group, ...splitChunks.cacheGroups }
}
