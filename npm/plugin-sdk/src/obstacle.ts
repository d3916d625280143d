import type { ComposedPlugin } from './composed.js'
import type { Instance } from './instance.js'
import { mismatch } from './version.js'

/** Why a plugin cannot go on, by its dependencies, or `undefined` if it can. */
export function obstacle(
  { dependencies = {}, optionalDependencies = {} }: ComposedPlugin,
  find: (name: string) => Instance | undefined,
): string | undefined {
  for (const [name, range] of Object.entries(dependencies)) {
    const found = find(name)
    if (!found) return `it needs ${name} ${range}, which is not there`
    const wrong = mismatch(name, range, found.plugin.version)
    if (wrong) return wrong
    const { state } = found
    if (state === 'disabled' || state === 'blocked' || (state === 'error' && !found.retried))
      return `it needs ${name}, which ${state === 'error' ? 'has failed' : `is ${state}`}`
  }
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const found = find(name)
    const wrong = found && mismatch(name, range, found.plugin.version)
    if (wrong) return wrong
  }
  return undefined
}
