import { posix } from 'node:path'
import type { Composed, Entry } from '@framework-m/composer'
import { normalizePath } from './normalize-path.js'

/** The module in which the shell finds the composition. */
export const HOST = 'virtual:framework-m-plugins'

/** The same module for tools that take `virtual:` for a URL scheme. */
export const ALIAS = '~framework-m/plugins'

/** What holds the composition in a page that is kept up to date; only generated modules import it. */
export const LIVE = 'virtual:framework-m-live'

export const RESOLVED_LIVE = `\0${LIVE}`

/** Whatever leads to a virtual module: as it is imported, and as it is resolved. */
export const RESOLVABLE = /^(?:\0?virtual:framework-m-plugins|~framework-m\/plugins)(?:\/|$)/

/** `\0` is Rollup's mark of a module that is on no disk; other plugins leave such modules alone. */
export const RESOLVED = /^\0virtual:framework-m-plugins(?:\.js$|\/|$)/

export const RESOLVED_HOST = `\0${HOST}`

/** The same where users' rules tell by the end of a name that a module is a script, as those of webpack do. */
export const RESOLVED_SCRIPT = `${RESOLVED_HOST}.js`

export function canonical(id: string): string {
  return id.startsWith(ALIAS) ? HOST + id.slice(ALIAS.length) : id
}

/** Bundlers name a chunk after the module that starts it, without the extension: `crm.v2.js` keeps its dot. */
export function resolvedEntry(entry: Entry): string {
  return `${RESOLVED_HOST}/${entry.chunk}.js`
}

/** It starts with what is rare: most of a generated text is data. */
const SPECIFIER = /"(?=\.\.?\/)(?<=\b(?:from |import |import\()")((?:\.\.?\/)+)/g

/**
 * The text with every specifier absolute: in generated text they are relative to the workspace root, and a virtual
 * module has no folder of its own. A data string cannot be taken for one, because quotes in it are escaped.
 */
export function anchored(code: string, { root }: Pick<Composed, 'root'>): string {
  // The largest text, the host's, has none where it is not for a dev server.
  if (!code.includes('"./') && !code.includes('"../')) return code
  const folder = normalizePath(root)
  const known = new Map<string, string>()
  return code.replace(SPECIFIER, (_, start: string) => {
    const prefix = known.get(start) ?? `"${absolute(start, folder)}`
    known.set(start, prefix)
    return prefix
  })
}

function absolute(specifier: string, folder: string): string {
  if (specifier.startsWith('../')) return absolute(specifier.slice(3), posix.dirname(folder))
  return JSON.stringify(posix.join(folder, '/')).slice(1, -1) + specifier.replace(/^\.\//, '')
}
