import type { Composed } from '@framework-m/composer'
import type { Plugin } from 'vite'
import { anchored, canonical, HOST, REQUESTED, RESOLVED, RESOLVED_HOST, resolvedEntry } from './ids.js'
import type { Session } from './session.js'

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

function unknown(id: string, { composition }: Composed): string {
  const name = id.slice(HOST.length + 1)
  const plugin = composition.plugins.find((candidate) => candidate.name === name)
  const reason = plugin?.reason ? `: ${plugin.reason}` : ''
  if (plugin) return `The plugin "${name}" is not in this shell (${plugin.status}${reason}).`
  const known = composition.plugins.map((candidate) => candidate.name).join(', ')
  return `There is no plugin "${name}" in this workspace; there are: ${known || 'none'}.`
}
