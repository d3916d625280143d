import type { PluginLogger } from './context.js'

/** A logger whose lines begin with the plugin's name. */
export function pluginLogger(logger: PluginLogger, plugin: string): PluginLogger {
  const mark = `[${plugin}]`
  return {
    debug: (...values) => logger.debug(mark, ...values),
    info: (...values) => logger.info(mark, ...values),
    warn: (...values) => logger.warn(mark, ...values),
    error: (...values) => logger.error(mark, ...values),
  }
}
