import type { Composed } from '@framework-m/composer'
import type { UnpluginBuildContext, UnpluginOptions } from 'unplugin'
import type { Rolldown } from 'vite'
import {
  anchored,
  canonical,
  HOST,
  RESOLVABLE,
  RESOLVED,
  RESOLVED_HOST,
  resolvedEntry,
} from '../composition/ids.js'
import type { Session } from '../composition/session.js'

/** What a bundler is told about the text of a module. */
export type Finish = (text: string) => string

/** The virtual modules, for every bundler. `host` is what the composition's own module is resolved to. */
export function serves(
  session: Session,
  finish: Finish = (text) => text,
  host = RESOLVED_HOST,
): UnpluginOptions {
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
        if (id === HOST) return host
        const entry = session.entry(id)
        if (entry) return resolvedEntry(entry)
        this.error(unknown(id, session.composed))
        return undefined
      },
    },
    load: {
      filter: { id: RESOLVED },
      handler(id) {
        if (id === host && hearsOfChanges(this)) for (const file of session.triggers) this.addWatchFile(file)
        neverCached(this)
        const text = session.text(id === host ? RESOLVED_HOST : id)
        return text === undefined ? undefined : finish(anchored(text, session.composed))
      },
    },
    watchChange(file) {
      session.changed(file)
    },
  }
}

/** Of what Vite builds once nobody asks what to watch, and there are many files to name. */
function hearsOfChanges(context: object): boolean {
  const { environment, meta } = context as Partial<Rolldown.PluginContext>
  return environment?.mode !== 'build' || meta?.watchMode === true
}

/** webpack and Rspack keep a module for as long as its files are as they were, and this one is not made of them alone. */
export function neverCached(context: Partial<UnpluginBuildContext>): void {
  const native = context.getNativeBuildContext?.()
  if (native?.framework === 'webpack' || native?.framework === 'rspack')
    native.loaderContext?.cacheable(false)
}

function unknown(id: string, { composition }: Composed): string {
  const name = id.slice(HOST.length + 1)
  const plugin = composition.plugins.find((candidate) => candidate.name === name)
  const reason = plugin?.reason ? `: ${plugin.reason}` : ''
  if (plugin) return `The plugin "${name}" is not in this shell (${plugin.status}${reason}).`
  const known = composition.plugins.map((candidate) => candidate.name).join(', ')
  return `There is no plugin "${name}" in this workspace; there are: ${known || 'none'}.`
}
