import type { RspackPluginInstance } from '@rspack/core'
import { createRspackPlugin } from 'unplugin'
import type { BundlerOptions } from './steps/options.js'
import { factoryFor } from './webpack/steps.js'

export type { BundlerOptions as FrameworkMOptions } from './steps/options.js'

/** Composes the workspace's plugins into the shell that Rspack builds. */
export const frameworkMPlugin: (options?: BundlerOptions) => RspackPluginInstance = createRspackPlugin(
  factoryFor('rspack'),
)

export default frameworkMPlugin
