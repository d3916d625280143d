import type { Plugin } from 'vite'
import { announces } from './announce.js'
import { Budgets } from './budgets.js'
import { checks } from './checks.js'
import { sharesCode } from './chunks.js'
import { watchesOver } from './dev-checks.js'
import { follows } from './follow.js'
import { inspects } from './inspector.js'
import { serves, servesLive } from './modules.js'
import { keepsOptimized } from './optimizer.js'
import { checkOptions, type FrameworkMOptions } from './options.js'
import { importsPages } from './pages.js'
import { reports } from './reporting.js'
import { type OpenComposer, Session } from './session.js'
import { composes } from './settings.js'

/** The plugin over a composer: the steps in the order in which Vite takes them. */
export function pluginFor(open: OpenComposer): (options?: FrameworkMOptions) => Plugin[] {
  return (given = {}) => {
    checkOptions(given)
    const { dts = 'framework-m.d.ts', inspector = true, budgets, baseline, eager = [], ...options } = given
    const limits = new Budgets(budgets)
    const session = new Session()
    return [
      composes(open, { ...options, dts }, session),
      announces(dts, session),
      keepsOptimized(),
      follows(session),
      inspects(inspector, session),
      serves(session),
      servesLive(session),
      importsPages(session),
      checks(eager, session),
      watchesOver(eager, session),
      sharesCode(session),
      reports(limits, baseline, session),
    ]
  }
}
