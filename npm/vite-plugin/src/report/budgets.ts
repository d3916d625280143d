import type { Finding } from '@framework-m/composer'
import type { Kept, PluginPart, Report } from './report.js'

/** What plugins may come to, in bytes. */
export class Budgets {
  readonly #limits: Map<string, number>

  /** Throws for a size that is none. */
  constructor(given: Record<string, string> = {}) {
    this.#limits = new Map(Object.entries(given).map(([name, size]) => [name, parsed(name, size)]))
  }

  /** Whether there is any: then sizes are compared with them, which are those of compressed files. */
  get areSet(): boolean {
    return this.#limits.size > 0
  }

  of(plugin: string): number | undefined {
    return this.#limits.get(plugin) ?? this.#limits.get('*')
  }

  /** Writes the budgets into a report, with what the plugins that exceed theirs were before. */
  apply(report: Report, before: Report | undefined): void {
    const earlier = new Map(before?.plugins.map((plugin) => [plugin.name, plugin]))
    for (const plugin of report.plugins) {
      const budget = this.of(plugin.name)
      if (budget === undefined) continue
      plugin.budget = budget
      const kept = keptBy(earlier.get(plugin.name))
      if ((plugin.size.gzip ?? 0) > budget && kept) plugin.kept = kept
    }
  }

  /** What there is to say about a report that the budgets were applied to. */
  findings({ plugins }: Report): Finding[] {
    const known = plugins.map(({ name }) => name)
    const unknown = [...this.#limits.keys()].filter((name) => name !== '*' && !known.includes(name))
    return [
      ...unknown.map((plugin) => ({ kind: 'unknown-budget' as const, plugin, known })),
      ...plugins.flatMap(overrun),
    ]
  }
}

const UNITS: Record<string, number> = { B: 1, kB: 1000, MB: 1_000_000, KiB: 1024, MiB: 1_048_576 }

function parsed(name: string, size: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(size) ?? []
  const bytes = unit && Object.hasOwn(UNITS, unit) ? Number(number) * (UNITS[unit] as number) : Number.NaN
  if (Number.isFinite(bytes)) return Math.floor(bytes)
  const given = JSON.stringify(size) ?? String(size)
  throw new Error(
    `[framework-m] the budget of \`${name}\` is a size such as '150 kB', not ${given}. Units are B, kB and MB of 1000, KiB and MiB of 1024.`,
  )
}

/** What a plugin was when it last kept its budget: a build that failed is nothing to compare with. */
function keptBy(plugin: PluginPart | undefined): Kept | undefined {
  if (plugin === undefined) return undefined
  if (plugin.budget !== undefined && (plugin.size.gzip ?? 0) > plugin.budget) return plugin.kept
  return { size: plugin.size, packages: plugin.packages }
}

/** As many packages are named as a person reads. */
const NAMED = 5

function overrun({ name: plugin, budget, size, packages, kept }: PluginPart): Finding[] {
  if (budget === undefined || size.gzip === null || size.gzip <= budget) return []
  const growth = Object.entries(kept ? packages : {})
    .map(([name, bytes]) => ({ name, bytes: bytes - (kept?.packages[name] ?? 0) }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1))
    .slice(0, NAMED)
  const earlier = kept?.size.gzip
  const before = typeof earlier === 'number' && { before: earlier }
  return [{ kind: 'over-budget', plugin, size: size.gzip, limit: budget, ...before, growth }]
}
