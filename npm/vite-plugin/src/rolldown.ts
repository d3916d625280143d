import type { Plugin } from 'rolldown'
import { createRolldownPlugin } from 'unplugin'
import type { BundlerOptions } from './options.js'
import { factoryFor } from './rollup-steps.js'

export type { BundlerOptions as FrameworkMOptions } from './options.js'

/** Composes the workspace's plugins into the shell that Rolldown builds. */
export const frameworkMPlugin = createRolldownPlugin(factoryFor('rolldown')) as (
  options?: BundlerOptions,
) => Plugin[]

export default frameworkMPlugin
