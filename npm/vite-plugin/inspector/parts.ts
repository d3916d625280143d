import { element } from './element.js'
import { fileOf, type Text, words } from './inspection.js'

/** The server's base and the workspace's root, by which a file is opened in the editor. */
let opening = { base: '/', root: '' }

export function openFilesOf(place: typeof opening): void {
  opening = place
}

/** A file, relative to the root, that opens in the editor: Vite's own endpoint does that. */
export function fileLink(file: string): HTMLElement {
  const open = () => {
    const query = new URLSearchParams({ file: `${opening.root}/${file}` })
    void fetch(`${opening.base}__open-in-editor?${query}`)
  }
  return element(
    'button',
    { type: 'button', class: 'file', title: `Open ${file} in the editor`, click: open },
    file,
  )
}

export function codeLink(code: Text | undefined): HTMLElement | undefined {
  const file = fileOf(code)
  return file === undefined ? undefined : fileLink(file)
}

export function pluginLink(name: string): HTMLElement {
  return element('a', { class: 'plugin', href: `#plugin-${encodeURIComponent(name)}` }, name)
}

export function code(text: string): HTMLElement {
  return element('code', {}, text)
}

/** A condition, as a mark beside what it is for. */
export function condition(when: Text | undefined): HTMLElement | undefined {
  return when === undefined ? undefined : element('span', { class: 'when' }, 'when ', code(words(when)))
}

/** Something that the search finds by all its text, and by what else is said of it. */
export function row(
  name: string,
  attributes: Parameters<typeof element>[1],
  ...children: Parameters<typeof element>[2][]
) {
  const made = element(name, attributes, ...children)
  made.dataset.found = `${made.textContent} ${attributes?.['data-also'] ?? ''}`.toLowerCase()
  return made
}

/** The head of a table. */
export function head(...titles: readonly string[]): HTMLElement {
  const cells = titles.map((title) => element('th', { scope: 'col' }, title))
  return element('thead', {}, element('tr', {}, cells))
}

export function badge(kind: string, text = kind): HTMLElement {
  return element('span', { class: `badge ${kind}` }, text)
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} kB`
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
