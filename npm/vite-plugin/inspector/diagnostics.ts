import { element } from './element.js'
import type { Inspection } from './inspection.js'
import { badge, code, fileLink, row } from './parts.js'

/** What there is to say to authors, each with its source lines. */
export function diagnostics({ diagnostics }: Inspection): HTMLElement {
  if (diagnostics.length === 0) return element('p', { class: 'quiet' }, 'No errors, no warnings.')
  return element(
    'ul',
    { class: 'cards' },
    diagnostics.map(({ code: number, name, severity, message, frame, help, labels }) =>
      row(
        'li',
        { class: `card ${severity}` },
        element('h3', {}, badge(severity), code(number), element('span', { class: 'quiet' }, name)),
        element('p', {}, message),
        frame !== undefined && element('pre', { tabindex: 0 }, frame),
        help !== undefined && element('p', { class: 'help' }, help),
        element(
          'p',
          {},
          labels.map(({ file, line, column }) => [fileLink(`${file}:${line}:${column}`), ' ']),
        ),
      ),
    ),
  )
}
