import { element } from './element.js'
import type { Inspection, Part } from './inspection.js'
import { head, kilobytes, pluginLink, row } from './parts.js'

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
  const isCompressed = parts.every(([, { size }]) => size.gzip !== null)
  const largest = Math.max(1, ...parts.map(([, part]) => weight(part)))
  return element(
    'table',
    { class: 'chunks' },
    element('caption', {}, isCompressed ? 'The last build, gzip' : 'The last build, not compressed'),
    head('Of', 'Size', 'Files'),
    element(
      'tbody',
      {},
      parts.map(([owner, part]) =>
        row(
          'tr',
          {},
          element('th', { scope: 'row' }, owner),
          element(
            'td',
            { title: `${kilobytes(part.size.raw)} on disk` },
            element('span', { class: 'bar', style: `--share: ${weight(part) / largest}` }),
            kilobytes(weight(part)),
          ),
          element(
            'td',
            {},
            [...part.chunks, ...part.css].map((file) => element('code', {}, file)),
          ),
        ),
      ),
    ),
  )
}

/** What a browser loads; as it stands on the disk where the build was told not to compress it. */
function weight({ size }: Part): number {
  return size.gzip ?? size.raw
}
