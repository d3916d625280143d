import type { Plugin, UserConfig } from 'vite'
import { SDK_ROOT, standIns } from '../composition/sdk.js'
import type { Session } from '../composition/session.js'
import { means } from '../steps/patterns.js'

/**
 * In a shell without React Router, or without React, another module of the SDK stands for its root. An alias counts for
 * whatever Vite resolves: in builds, in servers, and for what is optimized and what is external to a server's build.
 */
export function standsForSdk(session: Session): Plugin {
  return {
    name: 'framework-m:sdk',
    enforce: 'post',
    apply: (_, { isPreview }) => !isPreview,
    config: {
      // Whichever plugin has an alias for React, as Preact's does, has said so by now.
      order: 'post',
      handler(config) {
        const isReplaced = replacedBy(config)
        const found = standIns(session.composed).find(({ without }) => !isReplaced(without))
        if (found === undefined || isReplaced('@framework-m/plugin-sdk')) return undefined
        return { resolve: { alias: [{ find: SDK_ROOT, replacement: found.id }] } }
      },
    },
  }
}

/** Whether an alias, or the page that loads the output, has something in the place of a package. */
function replacedBy({ resolve, build }: UserConfig): (name: string) => boolean {
  const alias = resolve?.alias ?? {}
  const patterns = Array.isArray(alias) ? alias.map(({ find }) => find) : Object.keys(alias)
  const { external } = build?.rolldownOptions ?? build?.rollupOptions ?? {}
  return (name) => means(patterns, name) || means(external, name)
}
