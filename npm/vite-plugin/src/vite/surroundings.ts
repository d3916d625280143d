import { resolve } from 'node:path'
import type { Logger, ResolvedConfig } from 'vite'
import type { Log } from '../composition/print.js'
import { pollOf, type WatchOption } from '../rollup/rebuilds.js'
import { type Around, hasSeveral, keepsExports } from '../steps/surroundings.js'
import { isWorkbench } from './workbench.js'

/** What Vite says of the environment that it builds. */
export const aroundVite: Around = ({ environment }) => {
  const { name, config } = environment
  return {
    name,
    build: environment,
    isForBrowsers: config.consumer === 'client' && !isWorkbench(config),
    preserveSymlinks: config.resolve.preserveSymlinks,
    hasSeveralPages: hasSeveral(bundling(config).input),
    keepsExports: isFederated(config) || keepsExports(signatures(config)),
    root: config.root,
    folder: config.root,
    outDir: resolve(config.root, config.build.outDir),
    compresses: config.build.reportCompressedSize,
    poll: pollOf(config.build.watch as WatchOption),
    log: logOf(config.logger),
  }
}

/** A library's exports are kept by Vite, unless it is told otherwise. */
const signatures = (config: ResolvedConfig) =>
  bundling(config).preserveEntrySignatures ?? (config.build.lib && 'strict')

/**
 * With Module Federation other apps import what this one exposes, and it sees to it itself that shared packages are there
 * before whoever imports them: none of it can move to another chunk.
 */
const isFederated = ({ plugins }: ResolvedConfig) =>
  plugins.some(({ name }) => name.startsWith('module-federation'))

/** Vite 8's name for it, or Vite 7's. */
const bundling = ({ build }: ResolvedConfig) => build.rolldownOptions ?? build.rollupOptions

/** Vite's logger, without the time: what is said of a composition does not depend on it. */
export function logOf(logger: Logger): Log {
  const options = { timestamp: false }
  return {
    info: (text) => logger.info(text, options),
    warn: (text) => logger.warn(text, options),
    error: (text) => logger.error(text, options),
  }
}
