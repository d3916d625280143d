import { Composer } from '@framework-m/composer'
import { pluginFor } from './vite/plugin.js'

export type { FrameworkMOptions } from './steps/options.js'

/** Composes the workspace's plugins into the shell that Vite builds or serves. */
export const frameworkMPlugin = pluginFor((options) => new Composer(options))

export default frameworkMPlugin
