import { resolve } from 'node:path'
import type { Logger } from 'vite'
import { type Around, hasSeveral, type Log } from './surroundings.js'

/** What Vite says of the environment that it builds. */
export const aroundVite: Around = ({ environment: { name, config } }) => ({
  name,
  isForBrowsers: config.consumer === 'client',
  preserveSymlinks: config.resolve.preserveSymlinks,
  hasSeveralPages: hasSeveral((config.build.rolldownOptions ?? config.build.rollupOptions).input),
  root: config.root,
  outDir: resolve(config.root, config.build.outDir),
  log: logOf(config.logger),
})

/** Vite's logger, without the time: what is said of a composition does not depend on it. */
export function logOf(logger: Logger): Log {
  const options = { timestamp: false }
  return {
    info: (text) => logger.info(text, options),
    warn: (text) => logger.warn(text, options),
    error: (text) => logger.error(text, options),
  }
}
