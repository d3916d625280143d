import { Composer } from '@framework-m/composer'
import type { UnpluginOptions } from 'unplugin'
import { lightensConfigurations } from '../steps/configurations.js'
import { factory, type Making, native } from '../steps/factory.js'
import { serves } from '../steps/modules.js'
import { RollupBuild } from './build.js'
import { checks } from './checks.js'
import { sharesCode } from './chunks.js'
import { rebuilds } from './rebuilds.js'
import { reports } from './reporting.js'

/** The plugin for a bundler that has Rollup's hooks and nothing else. */
export const factoryFor = (bundler: 'rollup' | 'rolldown') =>
  factory(bundler, (options) => new Composer(options), steps)

/** The steps in the order in which they are taken. */
function steps(making: Making): UnpluginOptions[] {
  const { budgets, baseline, eager, session } = making
  const build = new RollupBuild(making)
  return [
    native(build.composes()),
    native(rebuilds(session, build.around)),
    native(build.announces()),
    native(build.standsForSdk()),
    native(build.sharesSingletons()),
    serves(session),
    lightensConfigurations(session),
    native(checks(eager, session, build.around)),
    native(sharesCode(session, build.around)),
    native(reports(budgets, baseline, session, build.around)),
  ]
}
