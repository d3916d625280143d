import MagicString, { type SourceMap } from 'magic-string'

/** A text in the place of another. */
export interface Edit {
  start: number
  end: number
  text: string
}

/**
 * A module's text with edits, of which no two overlap, and with more at its end; `undefined` where nothing changes. Only a
 * build with source maps has to know of columns, and to make the map takes far longer than the edits do.
 */
export function edited(
  code: string,
  edits: Edit[],
  end: string,
  isMapped: boolean,
): { code: string; map: SourceMap | null } | undefined {
  if (edits.length === 0) return undefined
  const sorted = [...edits].sort((a, b) => a.start - b.start)
  return isMapped ? mapped(code, sorted, end) : { code: plain(code, sorted) + end, map: null }
}

function plain(code: string, edits: Edit[]): string {
  let [text, at] = ['', 0]
  for (const edit of edits) {
    text += code.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return text + code.slice(at)
}

function mapped(code: string, edits: Edit[], end: string): { code: string; map: SourceMap } {
  const text = new MagicString(code)
  for (const edit of edits) text.update(edit.start, edit.end, edit.text)
  text.append(end)
  return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) }
}
