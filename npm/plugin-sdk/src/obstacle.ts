import type { ComposedPlugin } from './composed.js'
import type { Instance } from './instance.js'
import { mismatch } from './version.js'

/** Why a plugin cannot go on, by its dependencies, or `undefined` if it can. */
export function obstacle(
  { dependencies = {}, optionalDependencies }: ComposedPlugin,
  instances: ReadonlyMap<string, Instance>,
): string | undefined {
  for (const [name, range] of Object.entries({ ...optionalDependencies, ...dependencies })) {
    const found = instances.get(name)
    const isRequired = Object.hasOwn(dependencies, name)
    if (found) {
      const wrong = mismatch(name, range, found.plugin.version)
      if (wrong) return wrong
      const { state, retried } = found
      if (isRequired && (state === 'disabled' || state === 'blocked' || (state === 'error' && !retried)))
        return `it needs ${name}, which ${state === 'error' ? 'has failed' : `is ${state}`}`
    } else if (isRequired) return `it needs ${name} ${range}, which is not there`
  }
  return undefined
}
