import { element } from './element.js'
import type { Inspection, Part } from './inspection.js'
import { kilobytes, pluginLink, row } from './parts.js'

/** What the last build made of the shell, of each plugin, and of what they share. */
export function chunks({ report }: Inspection): HTMLElement {
  if (!report)
    return element(
      'p',
      { class: 'quiet' },
      'There was no build yet. After one, the size of every chunk is here.',
    )
  const parts: [string | HTMLElement, Part][] = [
    ['the shell, at once', report.shell],
    ['shared by plugins', report.shared],
    ...report.plugins.map((plugin): [HTMLElement, Part] => [pluginLink(plugin.name), plugin]),
  ]
  const largest = Math.max(1, ...parts.map(([, { size }]) => size.gzip))
  return element(
    'table',
    { class: 'chunks' },
    element('caption', {}, 'The last build, gzip'),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ['Of', 'Size', 'Files'].map((title) => element('th', { scope: 'col' }, title)),
      ),
    ),
    element(
      'tbody',
      {},
      parts.map(([owner, { size, chunks: files, css }]) =>
        row(
          'tr',
          {},
          element('th', { scope: 'row' }, owner),
          element(
            'td',
            { title: `${kilobytes(size.raw)} on disk` },
            element('span', { class: 'bar', style: `--share: ${size.gzip / largest}` }),
            kilobytes(size.gzip),
          ),
          element(
            'td',
            {},
            [...files, ...css].map((file) => element('code', {}, file)),
          ),
        ),
      ),
    ),
  )
}
