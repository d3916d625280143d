import type { LazyImport } from '@framework-m/composer'
import MagicString, { type SourceMap } from 'magic-string'
import type { UnpluginOptions } from 'unplugin'
import { normalizePath } from '../composition/normalize-path.js'
import type { Session } from '../composition/session.js'
import type { Finish } from './modules.js'

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
    vite: {
      apply: 'build',
      transform: {
        order: 'pre',
        filter,
        handler(code, id) {
          const { sourcemap } = this.environment.config.build
          return pagesImported(code, pages(id), finish, sourcemap !== false)
        },
      },
    },
    rollup: { transform: before },
    rolldown: { transform: before },
  }
}

/** A text in the place of another. */
interface Edit {
  start: number
  end: number
  text: string
}

/**
 * A config says `import('./Page')`, and so does the plugin's entry, or it imports the page statically where the plugin
 * is one chunk. Bundlers then make an empty chunk a page, or warn that the import splits nothing. This turns those
 * expressions, and no others, into an `import()` of the same virtual module or the promise of a module imported
 * statically. Both have the value that they had. Lines stay where they are; only a build with source maps has to know of
 * columns, and to make the map takes far longer than the edits do.
 */
export function pagesImported(
  code: string,
  imports: LazyImport[],
  finish: Finish = (text) => text,
  isMapped = true,
): { code: string; map: SourceMap | null } | undefined {
  const names = new Map<string, string>()
  const edits = new Map<number, Edit>()
  for (const wanted of imports) {
    const span = located(code, wanted)
    if (span) edits.set(span.start, { ...span, text: finish(replacement(wanted, names)) })
  }
  if (edits.size === 0) return undefined
  const statics = [...names].map(
    ([specifier, name]) => `\nimport * as ${name} from ${JSON.stringify(specifier)}`,
  )
  const sorted = [...edits.values()].sort((a, b) => a.start - b.start)
  return isMapped ? mapped(code, sorted, statics.join('')) : plain(code, sorted, statics.join(''))
}

function plain(code: string, edits: Edit[], end: string): { code: string; map: null } {
  let [text, at] = ['', 0]
  for (const edit of edits) {
    text += code.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return { code: text + code.slice(at) + end, map: null }
}

function mapped(code: string, edits: Edit[], end: string): { code: string; map: SourceMap } {
  const text = new MagicString(code)
  for (const edit of edits) text.update(edit.start, edit.end, edit.text)
  text.append(end)
  return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) }
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
