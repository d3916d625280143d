/** The names of a new plugin, out of the one that its author gives. */
import validate from 'validate-npm-package-name'
import { UsageError } from '../invocation.js'

export interface Names {
  /** `stock-count` */
  plugin: string
  /** `@my-company/stock-count` */
  package: string
  /** `Stock count` */
  label: string
}

/**
 * Reads `stock-count` or `@my-company/stock-count`; a bare name gets the scope that the workspace has. The rules are npm's,
 * by npm's own package for them.
 */
export function namesOf(given: string, scope: string | undefined): Names {
  const name = given.startsWith('@') || scope === undefined ? given : `${scope}/${given}`
  const { validForNewPackages, errors = [], warnings = [] } = validate(name)
  if (!validForNewPackages)
    throw new UsageError(
      `\`${given}\` cannot be the name of a package: ${[...errors, ...warnings].join(', ')}`,
    )
  const plugin = name.slice(name.indexOf('/') + 1)
  return { plugin, package: name, label: labelOf(plugin) }
}

function labelOf(plugin: string): string {
  const words = plugin
    .split(/[-_.~]+/)
    .filter(Boolean)
    .join(' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** The scope that most packages of a list have, `@my-company`; of several the first by name, and none without names. */
export function scopeOf(names: readonly (string | null)[]): string | undefined {
  return mostCommon(names.flatMap((name) => (name?.startsWith('@') ? name.split('/', 1) : [])))
}

/** What is on a list most often; of several the first by name. */
export function mostCommon(list: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const item of list) counts.set(item, (counts.get(item) ?? 0) + 1)
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return first?.[0]
}
