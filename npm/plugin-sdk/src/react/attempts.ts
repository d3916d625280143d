import type { PluginRegistry } from '../registry.js'
import type { Part } from './scope.js'

/** What is tried: a part of a plugin, and what tells this attempt from the last one and the next one. */
export interface Attempted {
  readonly plugin: string
  readonly part: string
  readonly attempt?: unknown
}

type Parts = Map<string, Part>

/**
 * The attempts of which React has shown nothing yet. Until then it keeps no state: in a tree that waits for something it
 * builds a boundary anew whenever anything has arrived, and each of these belongs to the attempt of the first.
 */
const begun = new WeakMap<PluginRegistry, Map<unknown, Parts>>()

/** The part as an attempt has it: the same one until that attempt is shown. */
export function begin(registry: PluginRegistry, { plugin, part, attempt }: Attempted): Part {
  const attempts = begun.get(registry) ?? new Map<unknown, Parts>()
  begun.set(registry, attempts)
  const parts: Parts = attempts.get(attempt) ?? new Map()
  attempts.set(attempt, parts)
  const key = keyOf(plugin, part)
  const known = parts.get(key) ?? { plugin, attempt: {} }
  parts.set(key, known)
  return known
}

/** An attempt is shown, as far as it has come: its boundary remembers it from here on, and whoever begins later begins another. */
export function show(registry: PluginRegistry, { plugin, part, attempt }: Attempted, shown: Part): void {
  const attempts = begun.get(registry)
  const parts = attempts?.get(attempt)
  const key = keyOf(plugin, part)
  if (parts?.get(key) !== shown) return
  parts.delete(key)
  if (!parts.size) attempts?.delete(attempt)
}

function keyOf(plugin: string, part: string): string {
  return JSON.stringify([plugin, part])
}
