import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Composed } from '@framework-m/composer'
import type { UnpluginBuildContext, UnpluginOptions } from 'unplugin'
import type { Plugin } from 'vite'
import {
  anchored,
  canonical,
  HOST,
  LIVE,
  RESOLVABLE,
  RESOLVED,
  RESOLVED_HOST,
  RESOLVED_LIVE,
  resolvedEntry,
} from './ids.js'
import type { Session } from './session.js'

/** Compiled from `live.ts`; this file is beside it, or is its source. */
const LIVE_FILE = new URL('../dist/live.js', import.meta.url)

/** What a page says when it has first evaluated the host, along with the digest of the text that it was given. */
const EVALUATED = 'framework-m:evaluated'

/** What the modules of a dev server tell what has become of them. */
export function servesLive(session: Session): Plugin {
  return {
    name: 'framework-m:live',
    apply: 'serve',
    enforce: 'pre',
    resolveId: { filter: { id: exactly(LIVE) }, handler: () => RESOLVED_LIVE },
    load: { filter: { id: exactly(RESOLVED_LIVE) }, handler: () => readFileSync(LIVE_FILE, 'utf8') },
    transform: {
      filter: { id: exactly(RESOLVED_HOST) },
      handler: (code) => code + saysWhich(session.composed),
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

/** What a bundler is told about the text of a module. */
export type Finish = (text: string) => string

/** The virtual modules, for every bundler. */
export function serves(session: Session, finish: Finish = (text) => text): UnpluginOptions {
  return {
    name: 'framework-m:modules',
    enforce: 'pre',
    resolveId: {
      filter: { id: RESOLVABLE },
      handler(requested) {
        // A bundler that loads a module when it is first asked for resolves it twice.
        if (RESOLVED.test(requested)) return requested
        session.refresh()
        const id = canonical(requested)
        if (id === HOST) return RESOLVED_HOST
        const entry = session.entry(id)
        if (entry) return resolvedEntry(entry)
        this.error(unknown(id, session.composed))
        return undefined
      },
    },
    load: {
      filter: { id: RESOLVED },
      handler(id) {
        if (id === RESOLVED_HOST) for (const file of session.triggers) this.addWatchFile(file)
        neverCached(this)
        const text = session.text(id)
        return text === undefined ? undefined : finish(anchored(text, session.composed))
      },
    },
    watchChange(file) {
      session.changed(file)
    },
  }
}

/** webpack and Rspack keep a module for as long as its files are as they were, and this one is in no file. */
function neverCached(context: Partial<UnpluginBuildContext>): void {
  const native = context.getNativeBuildContext?.()
  if (native?.framework === 'webpack' || native?.framework === 'rspack')
    native.loaderContext?.cacheable(false)
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

function unknown(id: string, { composition }: Composed): string {
  const name = id.slice(HOST.length + 1)
  const plugin = composition.plugins.find((candidate) => candidate.name === name)
  const reason = plugin?.reason ? `: ${plugin.reason}` : ''
  if (plugin) return `The plugin "${name}" is not in this shell (${plugin.status}${reason}).`
  const known = composition.plugins.map((candidate) => candidate.name).join(', ')
  return `There is no plugin "${name}" in this workspace; there are: ${known || 'none'}.`
}
