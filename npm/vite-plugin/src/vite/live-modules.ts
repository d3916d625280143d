import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Composed } from '@framework-m/composer'
import type { Plugin } from 'vite'
import { HOST, LIVE, RESOLVED_HOST, RESOLVED_LIVE } from '../composition/ids.js'
import type { Session } from '../composition/session.js'
import { isHot } from './hot.js'

/** Compiled from `live.ts`, wherever this file itself is run from. */
const LIVE_FILE = new URL('../../dist/vite/live.js', import.meta.url)

/** What a page says when it has first evaluated the host, along with the digest of the text that it was given. */
const EVALUATED = 'framework-m:evaluated'

/** What the modules of a dev server tell what has become of them. */
export function servesLive(session: Session): Plugin {
  let updates = false
  return {
    name: 'framework-m:live',
    apply: 'serve',
    enforce: 'pre',
    configResolved(config) {
      updates = isHot(config)
    },
    resolveId: { filter: { id: exactly(LIVE) }, handler: () => RESOLVED_LIVE },
    load: { filter: { id: exactly(RESOLVED_LIVE) }, handler: () => readFileSync(LIVE_FILE, 'utf8') },
    transform: {
      filter: { id: exactly(RESOLVED_HOST) },
      handler: (code) => (updates ? code + saysWhich(session.composed) : undefined),
    },
    configureServer({ environments: { client } }) {
      client.hot.on(EVALUATED, (evaluated: unknown) => {
        // The page was still loading when the composition changed, or the browser took an old host from its cache.
        const host = client.moduleGraph.getModuleById(RESOLVED_HOST)
        if (host && evaluated !== digest(session.composed)) void client.reloadModule(host)
      })
      client.hot.on('vite:invalidate', ({ path }) => {
        // Vite 7 looks for a virtual module under the name that pages have for it, and finds none.
        const ours = path.startsWith(`/@id/__x00__${HOST}`)
        if (ours && !client.moduleGraph.urlToModuleMap.has(path)) client.hot.send({ type: 'full-reload' })
      })
    },
  }
}

/** Once a page: from then on it hears of every change, and has to say nothing. */
function saysWhich(composed: Composed): string {
  return `if (import.meta.hot && !import.meta.hot.data.evaluated)
  import.meta.hot.send('${EVALUATED}', (import.meta.hot.data.evaluated = '${digest(composed)}'))
`
}

function digest({ module }: Composed): string {
  return createHash('sha256').update(module).digest('base64url')
}

function exactly(id: string): RegExp {
  return new RegExp(`^${id}$`)
}
