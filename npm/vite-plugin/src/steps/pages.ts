import type { LazyImport } from '@framework-m/composer'
import type { Edit } from './edits.js'
import type { Finish } from './modules.js'

/** What is read of an import of a page. */
export type PageImport = Pick<LazyImport, 'start' | 'end' | 'specifier' | 'page'>

/** What becomes of a configuration's imports of pages, and what its end has to say for that. */
interface PageImports {
  edits: Edit[]
  end: string
}

/**
 * A configuration says `import('./Page')`, and so does the plugin's entry, or it imports the page statically where the
 * plugin is one chunk. Bundlers then make an empty chunk a page, or warn that the import splits nothing. This turns those
 * expressions, and no others, into an `import()` of the same virtual module or the promise of a module imported
 * statically. Both have the value that they had. Lines stay where they are.
 */
export function pageImports(code: string, imports: PageImport[], finish: Finish): PageImports {
  const names = new Map<string, string>()
  const edits = new Map<number, Edit>()
  for (const wanted of imports) {
    const span = located(code, wanted)
    if (span) edits.set(span.start, { ...span, text: finish(replacement(wanted, names)) })
  }
  const statics = [...names].map(
    ([specifier, name]) => `\nimport * as ${name} from ${JSON.stringify(specifier)}`,
  )
  return { edits: [...edits.values()], end: statics.join('') }
}

function replacement({ page, specifier }: PageImport, names: Map<string, string>): string {
  if (page) return `import(${JSON.stringify(page)})`
  const name = names.get(specifier) ?? `__frameworkMPage${names.size}`
  names.set(specifier, name)
  return `Promise.resolve(${name})`
}

/** Another plugin may have changed the text before us: then the expression is looked for, and left if in doubt. */
function located(
  code: string,
  { start, end, specifier }: PageImport,
): { start: number; end: number } | undefined {
  if (code.startsWith('import', start) && code[end - 1] === ')' && code.slice(start, end).includes(specifier))
    return { start, end }
  const quoted = specifier.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
  const found = [...code.matchAll(new RegExp(`\\bimport\\s*\\(\\s*(['"\`])${quoted}\\1\\s*,?\\s*\\)`, 'g'))]
  const [only] = found
  return only && found.length === 1 ? { start: only.index, end: only.index + only[0].length } : undefined
}
