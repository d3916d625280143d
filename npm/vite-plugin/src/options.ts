import { type ComposerOptions, didYouMean } from '@framework-m/composer'
import type { InspectorOption } from './inspector.js'

export interface FrameworkMOptions extends Omit<ComposerOptions, 'env' | 'frames' | 'hot' | 'typesDir'> {
  /** Where the composition's types are written, relative to the shell; `false` writes none. */
  dts?: string | false
  /**
   * Who may see the inspector, which a dev server has at `/__framework-m/`: those on the same machine (`true`), everybody who
   * may see the dev server (`'network'`), or nobody. Default: `true`.
   */
  inspector?: InspectorOption
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

/** Every option. One that is missing here does not compile. */
const KNOWN: Record<keyof FrameworkMOptions, true> = {
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
  inspector: true,
  budgets: true,
  baseline: true,
  eager: true,
}

/** Throws for an option that does not exist: it would do nothing, and nobody would notice. */
export function checkOptions(options: FrameworkMOptions): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(KNOWN, name))
  if (unknown === undefined) return
  const known = Object.keys(KNOWN)
  const help = didYouMean(unknown, known) ?? `Options are ${known.join(', ')}.`
  throw new Error(`[framework-m] no such option: \`${unknown}\`. ${help}`)
}
