import type { Plugin } from 'rollup'
import { createRollupPlugin } from 'unplugin'
import type { BundlerOptions } from './options.js'
import { factoryFor } from './rollup-steps.js'

export type { BundlerOptions as FrameworkMOptions } from './options.js'

/** Composes the workspace's plugins into the shell that Rollup builds. */
export const frameworkMPlugin = createRollupPlugin(factoryFor('rollup')) as (
  options?: BundlerOptions,
) => Plugin[]

export default frameworkMPlugin
