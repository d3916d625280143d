import type { ComposerOptions } from '@framework-m/composer'
import type { Plugin } from 'vite'
import { announces } from './announce.js'
import { sharesCode } from './chunks.js'
import { serves } from './modules.js'
import { importsPages } from './pages.js'
import { reports } from './report.js'
import { type OpenComposer, Session } from './session.js'
import { composes } from './settings.js'

export interface FrameworkMOptions extends Omit<ComposerOptions, 'env' | 'frames'> {
  /** Where the composition's types are written, relative to the shell; `false` writes none. */
  dts?: string | false
}

/** The plugin over a composer: the steps in the order in which Vite takes them. */
export function pluginFor(open: OpenComposer): (options?: FrameworkMOptions) => Plugin[] {
  return ({ dts = 'framework-m.d.ts', ...options } = {}) => {
    const session = new Session()
    return [
      composes(open, options, session),
      announces(dts, session),
      serves(session),
      importsPages(session),
      sharesCode(session),
      reports(session),
    ]
  }
}
