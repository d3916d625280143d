/** `framework-m explain NAME` */
import { join } from 'node:path'
import {
  Composer,
  type DiagnosticCode,
  diagnosticCodes,
  didYouMean,
  type Explained,
  type Explanation,
  packages,
} from '../index.js'
import { type Invocation, UsageError } from './invocation.js'
import { chunkFiles } from './last-build.js'
import { locate } from './options.js'
import { outside } from './outside.js'
import { findCode, pageOf } from './page.js'
import { painter } from './paint.js'
import { printError } from './report.js'

/** Prints whatever has the name; 1 if nothing has. */
export function explain(invocation: Invocation): number {
  const name = nameIn(invocation)
  const code = findCode(name)
  const location = locate(invocation, true)
  const composer = new Composer(location)
  const explained = composer.explain(name)
  const all = [...(code ? [ofDiagnostic(code)] : []), ...explained.explanations]
  if (invocation.options.json) {
    print(explained, all)
  } else if (all.length === 0) {
    printError(unknown(explained, composer.compose().root, location.metadataKey))
  } else {
    const { shell } = composer.compose()
    const texts = explained.explanations.map((it) => draw(it, shell))
    console.log([...(code ? [pageOf(code)] : []), ...texts].join('\n\n'))
  }
  return all.length > 0 ? 0 : 1
}

function nameIn({ words: [name, ...more] }: Invocation): string {
  if (!name) throw new UsageError('`explain` needs a name, such as `wms`, `/wms/stock` or `FM2003`')
  if (more.length > 0)
    throw new UsageError(`\`explain\` takes one name, and was given \`${more[0]}\` as well`)
  return name
}

function print(explained: Explained, explanations: Explanation[]): void {
  const suggestion = explanations.length > 0 ? null : suggested(explained)
  console.log(JSON.stringify({ ...explained, explanations, suggestion }, null, 2))
}

function unknown(explained: Explained, root: string, metadataKey = 'framework-m'): string {
  const { name } = explained
  const more =
    suggested(explained) ??
    outside(root, metadataKey, ['.', name, join(root, name)]) ??
    untagged(name, root, metadataKey) ??
    '`framework-m inspect` shows what there is.'
  return `nothing in this workspace is named \`${name}\`. ${more}`
}

/** A package that would be the plugin of that name, if it were one. */
function untagged(name: string, root: string, metadataKey: string): string | undefined {
  const named = packages({ root, metadataKey }).packages.find((item) => item.name?.endsWith(`/${name}`))
  return (
    named &&
    `The package \`${named.name}\` in ${named.dir} is no plugin: its manifest has no \`${metadataKey}\`.`
  )
}

/** A name of the workspace that is near, or else that of a diagnostic. */
function suggested({ name, suggestion }: Explained): string | null {
  const codes = diagnosticCodes().flatMap(({ code, name }) => [code, name])
  return suggestion ?? didYouMean(name, codes) ?? null
}

/** A kind of diagnostic has no place in an app; its page says what it means. */
function ofDiagnostic({ code, severity, explanation }: DiagnosticCode): Explanation {
  const facts = [
    { term: 'severity', text: severity, place: null },
    { term: 'meaning', text: explanation.trim(), place: null },
  ]
  const nowhere = { included: null, reason: null, plugin: null, place: null, chunk: null }
  return { kind: 'diagnostic' as Explanation['kind'], name: code, ...nowhere, facts }
}

const paint = painter()

/** A title, whether it is in, and a table of the rest. */
function draw(explanation: Explanation, shell: string): string {
  const { kind, name, plugin, place, facts } = explanation
  const owner = plugin !== null && kind !== 'plugin' ? paint.dim(` of ${plugin}`) : ''
  const code = held(explanation, shell)
  const rows = [
    ...(place ? [{ term: 'declared', text: at(place) }] : []),
    ...(code ? [{ term: 'code', text: code }] : []),
    ...facts.map((fact) => ({
      term: fact.term,
      text:
        fact.place && at(fact.place) !== at(place) ? `${fact.text}  ${paint.dim(at(fact.place))}` : fact.text,
    })),
  ]
  const width = Math.max(...rows.map(({ term }) => term.length)) + 2
  const lines = rows.map(({ term, text }, index) => {
    // What several rows in a row are about is said once.
    const shown = rows[index - 1]?.term === term ? '' : term
    return `  ${paint.dim(shown.padEnd(width))}${text.replaceAll('\n', `\n  ${' '.repeat(width)}`)}`
  })
  return [`${kind} ${paint.bold(name)}${owner}`, ...standing(explanation), ...lines].join('\n')
}

function standing({ included, reason }: Explanation): string[] {
  if (included === null) return []
  if (included) return [`  ${paint.green('✓')} in the app`]
  return [`  ${paint.red('✗')} not in the app${reason === null ? '' : `: ${reason}`}`]
}

const DATA = ['menu item', 'menu group', 'extension point', 'setting', 'permission']

/** Where its code is: by the composition's rule, and the files that the last build made of it. */
function held({ kind, included, plugin, chunk }: Explanation, shell: string): string | undefined {
  if (!included) return undefined
  if (chunk === null) return DATA.includes(kind) ? 'none: it is data, in the shell’s first load' : undefined
  const files = plugin === null ? [] : chunkFiles(shell, plugin, chunk)
  return `chunk ${chunk}${files.length > 0 ? `, in the last build ${files.join(', ')}` : ''}`
}

function at(place: Explanation['place']): string {
  return place ? `${place.file}:${place.line}:${place.column}` : ''
}
