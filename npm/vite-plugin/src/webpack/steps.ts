import { join } from 'node:path'
import { Composer } from '@framework-m/composer'
import type { UnpluginOptions } from 'unplugin'
import { RESOLVED_SCRIPT } from '../composition/ids.js'
import { lightensConfigurations } from '../steps/configurations.js'
import { factory, type Making } from '../steps/factory.js'
import { serves } from '../steps/modules.js'
import { WebpackBuild } from './build.js'
import { checksCompilations } from './checks.js'

/** The plugin for a bundler that has webpack's compiler. */
export const factoryFor = (bundler: 'rspack' | 'webpack') =>
  factory(bundler, (options) => new Composer(options), steps)

function steps(making: Making): UnpluginOptions[] {
  const { session } = making
  const build = new WebpackBuild(making)
  return [
    build.composes(),
    { ...serves(session, build.named, RESOLVED_SCRIPT), rspack: outsideOfVendors },
    lightensConfigurations(session, build.named),
    checksCompilations(making),
  ]
}

/**
 * unplugin gives Rspack its modules below `node_modules`. There a group of chunks for all packages takes them, and the shell
 * loads plugins with that.
 */
function outsideOfVendors(this: object, { context }: { context: string }): void {
  Object.assign(this, { __virtualModulePrefix: join(context, '_virtual_') })
}
