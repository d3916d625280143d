import { normalizePath } from 'vite'
import type { Composed, Entry } from './composed.js'

/** The module in which the shell finds the composition. */
export const HOST = 'virtual:framework-m-plugins'

/** The same module for tools that take `virtual:` for a URL scheme. */
const ALIAS = '~framework-m/plugins'

export const REQUESTED = /^(?:virtual:framework-m-plugins|~framework-m\/plugins)(?:\/|$)/

/** `\0` is Rollup's mark of a module that is on no disk; other plugins leave such modules alone. */
export const RESOLVED = /^\0virtual:framework-m-plugins(?:\/|$)/

export const RESOLVED_HOST = `\0${HOST}`

export function canonical(id: string): string {
  return id.startsWith(ALIAS) ? HOST + id.slice(ALIAS.length) : id
}

/** Bundlers name a chunk after the module that starts it, without the extension: `crm.v2.js` keeps its dot. */
export function resolvedEntry(entry: Entry): string {
  return `${RESOLVED_HOST}/${entry.chunk}.js`
}

/**
 * The text with every specifier absolute: `./` in generated text is the workspace root, and a virtual module has no
 * folder of its own. A data string cannot be taken for a specifier, because its quotes are escaped.
 */
export function anchored(code: string, { root }: Pick<Composed, 'root'>): string {
  const folder = JSON.stringify(`${normalizePath(root)}/`).slice(0, -1)
  return code.replace(/\b(from |import |import\()"\.\//g, (_, keyword: string) => keyword + folder)
}
