import { createVitePlugin } from 'unplugin'
import type { Plugin } from 'vite'
import type { OpenComposer } from '../composition/session.js'
import { checks } from '../rollup/checks.js'
import { sharesCode } from '../rollup/chunks.js'
import { rebuilds } from '../rollup/rebuilds.js'
import { reports } from '../rollup/reporting.js'
import { lightensConfigurations } from '../steps/configurations.js'
import { factory, native } from '../steps/factory.js'
import { serves } from '../steps/modules.js'
import type { FrameworkMOptions } from '../steps/options.js'
import { announces } from './announce.js'
import { watchesOver } from './dev-checks.js'
import { follows } from './follow.js'
import { inspects } from './inspector.js'
import { servesLive } from './live-modules.js'
import { keepsOptimized } from './optimizer.js'
import { standsForSdk } from './sdk.js'
import { composes } from './settings.js'
import { aroundVite } from './surroundings.js'
import { standsTests } from './vitest.js'

/** The plugin for Vite over a composer: the steps in the order in which Vite takes them. */
export function pluginFor(open: OpenComposer): (options?: FrameworkMOptions) => Plugin[] {
  const made = factory('vite', open, ({ options, dts, inspector, budgets, baseline, eager, session }) => [
    native(composes(open, options, dts, session)),
    native(rebuilds(session, aroundVite)),
    native(standsTests(session)),
    ...announces(dts, session).map(native),
    native(standsForSdk(session)),
    native(keepsOptimized()),
    native(follows(session)),
    native(inspects(inspector, session)),
    serves(session),
    native(servesLive(session)),
    lightensConfigurations(session),
    native(checks(eager, session, aroundVite)),
    native(watchesOver(eager, session)),
    native(sharesCode(session, aroundVite)),
    native(reports(budgets, baseline, session, aroundVite)),
  ])
  return createVitePlugin(made) as (options?: FrameworkMOptions) => Plugin[]
}
