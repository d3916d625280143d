import type { Rolldown } from 'vite'
import type { Log } from '../composition/print.js'

/** What a step has to know of the build that it is part of, whichever bundler runs it. */
interface Surroundings {
  /** Tells builds apart that one plugin takes part in. */
  name: string
  /** The build itself: the same object for every step that takes part in it. */
  build: object
  /** Whether the browsers of users load the output: a server has all of it at hand, and stories are no app. */
  isForBrowsers: boolean
  /** Whether modules are named by paths that lead through links. */
  preserveSymlinks: boolean
  /** Whether there is more than one page to start with. */
  hasSeveralPages: boolean
  /** Whether what a page exports has to stay as it is: then none of its code can move to another chunk. */
  keepsExports: boolean
  /** What relative paths in our options are relative to. */
  root: string
  /** What relative paths in the bundler's own options are relative to. */
  folder: string
  /** Where the output goes, if that is known before it is written. */
  outDir: string | undefined
  /** Whether there is to be said how large files are when they are compressed, which takes its time. */
  compresses: boolean
  /** How often a bundler that watches looks at the disk, in milliseconds, where it is not told of changes. */
  poll: number | undefined
  log: Log
}

/** The build that a hook is called for. */
export type Around = (context: Rolldown.PluginContext) => Surroundings

/** Reads `preserveEntrySignatures`. Only these two rule out that a page gains exports for its chunks. */
export function keepsExports(signatures: unknown): boolean {
  return signatures === 'strict' || signatures === 'exports-only'
}

/** With one page there is nothing to tell apart. */
export function hasSeveral(input: unknown): boolean {
  return typeof input === 'object' && input !== null && Object.keys(input).length > 1
}
