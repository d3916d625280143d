import type { ComposedPlugin } from './composed.js'
import type { Instance } from './instance.js'
import type { mismatch } from './version.js'

/**
 * Why a plugin cannot go on, by its dependencies, or `undefined` if it can.
 *
 * @param wrong What is wrong with the version of one, where nobody has looked at it yet.
 */
export function obstacle(
  { dependencies = {}, optionalDependencies }: ComposedPlugin,
  instances: ReadonlyMap<string, Instance>,
  wrong?: typeof mismatch,
): string | undefined {
  for (const [name, range] of Object.entries({ ...optionalDependencies, ...dependencies })) {
    const found = instances.get(name)
    const isRequired = Object.hasOwn(dependencies, name)
    if (found) {
      const reason = wrong?.(name, range, found.plugin.version)
      if (reason) return reason
      const { state, retried } = found
      if (isRequired && (state === 'disabled' || state === 'blocked' || (state === 'error' && !retried)))
        return `it needs ${name}, which ${state === 'error' ? 'has failed' : `is ${state}`}`
    } else if (isRequired) return `it needs ${name} ${range}, which is not there`
  }
  return undefined
}
