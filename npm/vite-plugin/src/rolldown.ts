import type { Plugin } from 'rolldown'
import { createRolldownPlugin } from 'unplugin'
import { factoryFor } from './rollup/steps.js'
import type { BundlerOptions } from './steps/options.js'

export type { BundlerOptions as FrameworkMOptions } from './steps/options.js'

/** Composes the workspace's plugins into the shell that Rolldown builds. */
export const frameworkMPlugin = createRolldownPlugin(factoryFor('rolldown')) as (
  options?: BundlerOptions,
) => Plugin[]

export default frameworkMPlugin
