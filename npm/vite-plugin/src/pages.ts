import type { LazyImport } from '@framework-m/composer'
import MagicString, { type SourceMap } from 'magic-string'
import type { UnpluginOptions } from 'unplugin'
import type { Finish } from './modules.js'
import { normalizePath } from './normalize-path.js'
import type { Session } from './session.js'

/** A plugin's config takes the pages from where the plugin's entry has them. */
export function importsPages(session: Session, finish: Finish = (text) => text): UnpluginOptions {
  const filter = { code: /\bimport\s*\(/ }
  const pages = (id: string) => session.pages(normalizePath(id))
  const handler = (code: string, id: string) => pagesImported(code, pages(id), finish)
  const before = { order: 'pre', filter, handler } as const
  return {
    name: 'framework-m:pages',
    enforce: 'pre',
    // Without it every module of a webpack build would go through a loader.
    transformInclude: (id) => pages(id).length > 0,
    transform: { filter, handler },
    vite: { apply: 'build', transform: before },
    rollup: { transform: before },
    rolldown: { transform: before },
  }
}

/**
 * A config says `import('./Page')`, and so does the plugin's entry, or it imports the page statically where the plugin
 * is one chunk. Bundlers then make an empty chunk a page, or warn that the import splits nothing. This turns those
 * expressions, and no others, into an `import()` of the same virtual module or the promise of a module imported
 * statically. Both have the value that they had.
 */
export function pagesImported(
  code: string,
  imports: LazyImport[],
  finish: Finish = (text) => text,
): { code: string; map: SourceMap } | undefined {
  if (imports.length === 0) return undefined
  const text = new MagicString(code)
  const names = new Map<string, string>()
  for (const wanted of imports) {
    const span = located(code, wanted)
    if (span) text.update(span.start, span.end, finish(replacement(wanted, names)))
  }
  for (const [specifier, name] of names)
    text.append(`\nimport * as ${name} from ${JSON.stringify(specifier)}`)
  return text.hasChanged()
    ? { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) }
    : undefined
}

function replacement({ page, specifier }: LazyImport, names: Map<string, string>): string {
  if (page) return `import(${JSON.stringify(page)})`
  const name = names.get(specifier) ?? `__frameworkMPage${names.size}`
  names.set(specifier, name)
  return `Promise.resolve(${name})`
}

/** Another plugin may have changed the text before us: then the expression is looked for, and left if in doubt. */
function located(
  code: string,
  { start, end, specifier }: LazyImport,
): { start: number; end: number } | undefined {
  const expression = code.slice(start, end)
  if (/^import\b/.test(expression) && expression.endsWith(')') && expression.includes(specifier))
    return { start, end }
  const quoted = specifier.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
  const found = [...code.matchAll(new RegExp(`\\bimport\\s*\\(\\s*(['"\`])${quoted}\\1\\s*,?\\s*\\)`, 'g'))]
  const [only] = found
  return only && found.length === 1 ? { start: only.index, end: only.index + only[0].length } : undefined
}
