import { createVitePlugin } from 'unplugin'
import type { Plugin } from 'vite'
import { announces } from './announce.js'
import { checks } from './checks.js'
import { sharesCode } from './chunks.js'
import { watchesOver } from './dev-checks.js'
import { factory, native } from './factory.js'
import { follows } from './follow.js'
import { inspects } from './inspector.js'
import { serves, servesLive } from './modules.js'
import { keepsOptimized } from './optimizer.js'
import type { FrameworkMOptions } from './options.js'
import { importsPages } from './pages.js'
import { rebuilds } from './rebuilds.js'
import { reports } from './reporting.js'
import type { OpenComposer } from './session.js'
import { composes } from './settings.js'
import { aroundVite } from './vite-surroundings.js'

/** The plugin for Vite over a composer: the steps in the order in which Vite takes them. */
export function pluginFor(open: OpenComposer): (options?: FrameworkMOptions) => Plugin[] {
  const made = factory('vite', open, ({ options, dts, inspector, budgets, baseline, eager, session }) => [
    native(composes(open, options, dts, session)),
    native(rebuilds(session, aroundVite)),
    ...announces(dts, session).map(native),
    native(keepsOptimized()),
    native(follows(session)),
    native(inspects(inspector, session)),
    serves(session),
    native(servesLive(session)),
    importsPages(session),
    native(checks(eager, session, aroundVite)),
    native(watchesOver(eager, session)),
    native(sharesCode(session, aroundVite)),
    native(reports(budgets, baseline, session, aroundVite)),
  ])
  return createVitePlugin(made) as (options?: FrameworkMOptions) => Plugin[]
}
