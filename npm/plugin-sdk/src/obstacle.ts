import type { ComposedPlugin } from './composed.js'
import type { Instance } from './instance.js'
import type { mismatch } from './version.js'

type Ranges = Readonly<Record<string, string>>

const NONE: Ranges = {}

/**
 * Why a plugin cannot go on, by its dependencies, or `undefined` if it can. It is asked about every plugin whenever
 * something has changed.
 *
 * @param wrong What is wrong with the version of one, where nobody has looked at it yet.
 */
export function obstacle(
  { dependencies = NONE, optionalDependencies = NONE }: ComposedPlugin,
  instances: ReadonlyMap<string, Instance>,
  wrong?: typeof mismatch,
): string | undefined {
  const versionOf = (ranges: Ranges, name: string, { plugin }: Instance) =>
    wrong?.(name, ranges[name] as string, plugin.version) || undefined
  for (const name of Object.keys(optionalDependencies)) {
    const found = Object.hasOwn(dependencies, name) ? undefined : instances.get(name)
    const reason = found && versionOf(optionalDependencies, name, found)
    if (reason) return reason
  }
  for (const name of Object.keys(dependencies)) {
    const found = instances.get(name)
    if (!found) return `it needs ${name} ${dependencies[name]}, which is not there`
    const reason = versionOf(dependencies, name, found) ?? absence(found)
    if (reason) return reason
  }
  return undefined
}

/** Why others cannot depend on a plugin that is registered. */
function absence({ name, state, retried }: Instance): string | undefined {
  if (state === 'error') return retried ? undefined : `it needs ${name}, which has failed`
  return state === 'disabled' || state === 'blocked' ? `it needs ${name}, which is ${state}` : undefined
}
