import { join } from 'node:path'
import MagicString, { type SourceMap } from 'magic-string'
import { normalizePath, type Plugin } from 'vite'
import type { Composed, PageImport } from './composed.js'
import type { Session } from './session.js'

/** Where a plugin is one chunk, its config takes the pages from that chunk. */
export function importsPages(session: Session): Plugin {
  return {
    name: 'framework-m:pages',
    apply: 'build',
    enforce: 'pre',
    transform: {
      order: 'pre',
      filter: { code: /\bimport\s*\(/ },
      handler(code, id) {
        return pagesImported(code, importsOf(id, session.composed))
      },
    },
  }
}

/**
 * Where a plugin is one chunk, its entry imports the pages and its config still says `import('./Page')`. Bundlers then
 * make an empty chunk a page, or warn that the import splits nothing. This turns those expressions, and no others, into
 * promises of modules imported statically; the result has the same shape and the same value.
 */
export function pagesImported(
  code: string,
  imports: PageImport[],
): { code: string; map: SourceMap } | undefined {
  const text = new MagicString(code)
  const names = new Map<string, string>()
  for (const wanted of imports) {
    const span = located(code, wanted)
    if (span === undefined) continue
    const name = names.get(wanted.specifier) ?? `__frameworkMPage${names.size}`
    names.set(wanted.specifier, name)
    text.update(span.start, span.end, `Promise.resolve(${name})`)
  }
  if (names.size === 0) return undefined
  for (const [specifier, name] of names)
    text.append(`\nimport * as ${name} from ${JSON.stringify(specifier)}`)
  return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) }
}

function importsOf(id: string, { root, bundle }: Composed): PageImport[] {
  return bundle.imports.filter(({ file }) => normalizePath(join(root, file)) === id)
}

/** Another plugin may have changed the text before us: then the expression is looked for, and left if in doubt. */
function located(
  code: string,
  { start, end, specifier }: PageImport,
): { start: number; end: number } | undefined {
  const expression = code.slice(start, end)
  if (/^import\b/.test(expression) && expression.endsWith(')') && expression.includes(specifier))
    return { start, end }
  const quoted = specifier.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
  const found = [...code.matchAll(new RegExp(`\\bimport\\s*\\(\\s*(['"\`])${quoted}\\1\\s*,?\\s*\\)`, 'g'))]
  const [only] = found
  return only && found.length === 1 ? { start: only.index, end: only.index + only[0].length } : undefined
}
