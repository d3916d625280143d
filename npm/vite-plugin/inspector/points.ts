import { element } from './element.js'
import { type Inspection, words } from './inspection.js'
import { code, codeLink, condition, pluginLink, row } from './parts.js'

/** Every extension point that is declared or filled, with what fills it, the lighter first. */
export function points({ composition }: Inspection): HTMLElement {
  const { extensionPoints, extensions } = composition
  const ids = new Set([...extensionPoints.map(({ id }) => id), ...extensions.map(({ point }) => point)])
  return element(
    'ul',
    { class: 'cards' },
    [...ids].sort().map((id) => {
      const point = extensionPoints.find((each) => each.id === id)
      const fillers = extensions.filter((extension) => extension.point === id)
      return row(
        'li',
        { class: 'card' },
        element(
          'h3',
          {},
          code(id),
          point ? pluginLink(point.plugin) : element('span', { class: 'quiet' }, 'of the shell'),
        ),
        point?.description !== undefined && element('p', {}, words(point.description)),
        fillers.length === 0
          ? element('p', { class: 'quiet' }, 'Nothing fills it.')
          : element(
              'ol',
              { class: 'tree' },
              fillers.map(({ id: extension, plugin, weight, component, when }) =>
                element(
                  'li',
                  { class: 'line' },
                  code(extension),
                  pluginLink(plugin),
                  element('span', { class: 'quiet' }, `weight ${weight}`),
                  condition(when),
                  codeLink(component),
                ),
              ),
            ),
      )
    }),
  )
}
