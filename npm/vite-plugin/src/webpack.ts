import { createWebpackPlugin } from 'unplugin'
import type { WebpackPluginInstance } from 'webpack'
import type { BundlerOptions } from './steps/options.js'
import { factoryFor } from './webpack/steps.js'

export type { BundlerOptions as FrameworkMOptions } from './steps/options.js'

/** Composes the workspace's plugins into the shell that webpack builds. */
export const frameworkMPlugin: (options?: BundlerOptions) => WebpackPluginInstance = createWebpackPlugin(
  factoryFor('webpack'),
)

export default frameworkMPlugin
