import { inspect } from 'node:util'
import { type ComposerOptions, didYouMean } from '@framework-m/composer'

/** Who may see the inspector: those on the same machine, everybody who may see the dev server, or nobody. */
export type InspectorOption = boolean | 'network'

/** What every bundler's plugin takes. */
interface SharedOptions extends Omit<ComposerOptions, 'env' | 'frames' | 'hot' | 'typesDir'> {
  /** Where the composition's types are written, relative to the shell; `false` writes none. */
  dts?: string | false
  /**
   * What the JavaScript and CSS of a plugin may come to, compressed with gzip: `{ '*': '150 kB', wms: '200 kB' }`. Code
   * that several plugins share is not counted. Units are B, kB and MB of 1000, KiB and MiB of 1024.
   */
  budgets?: Record<string, string>
  /**
   * The `composition.json` to compare sizes with, relative to the shell. Default: the one that the build replaces.
   */
  baseline?: string
  /**
   * Modules of plugins that the shell is meant to load along with its own: globs of files, relative to the workspace
   * root.
   */
  eager?: string[]
}

/** What the plugin for Vite takes. */
export interface FrameworkMOptions extends SharedOptions {
  /**
   * Who may see the inspector, which a dev server has at `/__framework-m/`: those on the same machine (`true`), everybody who
   * may see the dev server (`'network'`), or nobody. Default: `true`.
   */
  inspector?: InspectorOption
}

/** What the plugins for Rolldown, Rollup, Rspack and webpack take. */
export interface BundlerOptions extends SharedOptions {
  /**
   * What the bundler puts in the place of an expression, where it does not say so itself: `{ 'process.env.TIER': 'gold' }`.
   * Named here it counts more than what the bundler says.
   */
  env?: NonNullable<ComposerOptions['env']>
}

export type Bundler = 'vite' | 'rolldown' | 'rollup' | 'rspack' | 'webpack'

type AnyOption = keyof FrameworkMOptions | keyof BundlerOptions

/** What the options that the composer knows nothing of take; it looks after the others itself. */
const TAKEN: Partial<Record<AnyOption, { what: string; has(value: unknown): boolean }>> = {
  dts: { what: 'a path or `false`', has: (value) => typeof value === 'string' || value === false },
  budgets: {
    what: "an object of sizes such as `{ '*': '150 kB' }`",
    has: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  },
  baseline: { what: 'a path', has: (value) => typeof value === 'string' },
  eager: {
    what: 'a list of globs',
    has: (value) => Array.isArray(value) && value.every((glob) => typeof glob === 'string'),
  },
  inspector: {
    what: "`true`, `false` or `'network'`",
    has: (value) => typeof value === 'boolean' || value === 'network',
  },
}

/** Every option, and what whoever cannot have it is told. One that is missing here does not compile. */
const KNOWN: Record<AnyOption, true | { onlyVite: boolean; reason: string }> = {
  root: true,
  shell: true,
  metadataKey: true,
  include: true,
  exclude: true,
  only: true,
  menu: true,
  routes: true,
  severity: true,
  wrappers: true,
  messages: true,
  codeSplitting: true,
  dts: true,
  budgets: true,
  baseline: true,
  eager: true,
  inspector: {
    onlyVite: true,
    reason: "the inspector is a page of Vite's dev server. Leave the option out.",
  },
  env: { onlyVite: false, reason: 'Vite says what it has. Use its `define`, `mode` and `.env` files.' },
}

/**
 * Throws for an option that a bundler's plugin does not have, since it would do nothing, and nobody would notice; and for a
 * value that an option does not take.
 */
export function checkOptions(options: object, bundler: Bundler): void {
  for (const [name, value] of Object.entries(options)) {
    const known = Object.hasOwn(KNOWN, name) ? KNOWN[name as AnyOption] : undefined
    if (known === undefined)
      throw new Error(`[framework-m] no such option: \`${name}\`. ${hint(name, bundler)}`)
    if (known !== true && known.onlyVite !== (bundler === 'vite'))
      throw new Error(`[framework-m] the plugin for ${bundler} has no option \`${name}\`: ${known.reason}`)
    const taken = TAKEN[name as AnyOption]
    if (taken && value !== undefined && !taken.has(value))
      throw new Error(`[framework-m] the option \`${name}\` is ${taken.what}, not ${inspect(value)}.`)
  }
}

function hint(name: string, bundler: Bundler): string {
  const taken = Object.entries(KNOWN).filter(
    ([, known]) => known === true || known.onlyVite === (bundler === 'vite'),
  )
  const names = taken.map(([known]) => known)
  return didYouMean(name, names) ?? `Options are ${names.join(', ')}.`
}
