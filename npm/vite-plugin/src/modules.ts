import { readFileSync } from 'node:fs'
import type { Composed } from '@framework-m/composer'
import type { Plugin } from 'vite'
import {
  anchored,
  canonical,
  HOST,
  LIVE,
  REQUESTED,
  RESOLVED,
  RESOLVED_HOST,
  RESOLVED_LIVE,
  resolvedEntry,
} from './ids.js'
import type { Session } from './session.js'

/** Compiled from `live.ts`; this file is beside it, or is its source. */
const LIVE_FILE = new URL('../dist/live.js', import.meta.url)

/** What the modules of a dev server tell what has become of them. */
export function servesLive(): Plugin {
  return {
    name: 'framework-m:live',
    apply: 'serve',
    enforce: 'pre',
    resolveId: { filter: { id: exactly(LIVE) }, handler: () => RESOLVED_LIVE },
    load: { filter: { id: exactly(RESOLVED_LIVE) }, handler: () => readFileSync(LIVE_FILE, 'utf8') },
  }
}

/** The virtual modules. */
export function serves(session: Session): Plugin {
  return {
    name: 'framework-m:modules',
    enforce: 'pre',
    resolveId: {
      filter: { id: REQUESTED },
      handler(requested) {
        session.refresh()
        const id = canonical(requested)
        if (id === HOST) return RESOLVED_HOST
        const entry = session.entry(id)
        return entry ? resolvedEntry(entry) : this.error(unknown(id, session.composed))
      },
    },
    load: {
      filter: { id: RESOLVED },
      handler(id) {
        const { composed } = session
        if (id === RESOLVED_HOST) for (const file of composed.watch.files) this.addWatchFile(file)
        const code = id === RESOLVED_HOST ? composed.module : session.entry(id)?.code
        return code === undefined ? undefined : anchored(code, composed)
      },
    },
    watchChange(file) {
      session.changed(file)
    },
    hotUpdate({ file, modules }) {
      if (!session.reads(file)) return undefined
      // Every generated module may differ now, also those that do not import the file.
      const graph = this.environment.moduleGraph.idToModuleMap
      return [...new Set([...modules, ...[...graph.values()].filter(({ id }) => id && RESOLVED.test(id))])]
    },
  }
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
