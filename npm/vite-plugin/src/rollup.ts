import type { Plugin } from 'rollup'
import { createRollupPlugin } from 'unplugin'
import { factoryFor } from './rollup/steps.js'
import type { BundlerOptions } from './steps/options.js'

export type { BundlerOptions as FrameworkMOptions } from './steps/options.js'

/** Composes the workspace's plugins into the shell that Rollup builds. */
export const frameworkMPlugin = createRollupPlugin(factoryFor('rollup')) as (
  options?: BundlerOptions,
) => Plugin[]

export default frameworkMPlugin
