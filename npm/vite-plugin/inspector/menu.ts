import { element } from './element.js'
import { type Inspection, type MenuNode, words } from './inspection.js'
import { code, condition, pluginLink, row } from './parts.js'

/** The merged menu as a tree. */
export function menu({ composition }: Inspection): HTMLElement {
  return tree(composition.menu)
}

function tree(nodes: readonly MenuNode[]): HTMLElement {
  return element(
    'ul',
    { class: 'tree' },
    nodes.map(({ name, label, route, plugin, when, children }) =>
      row(
        'li',
        {},
        element(
          'div',
          { class: 'line' },
          element('strong', {}, words(label)),
          code(name),
          route !== undefined && element('span', { class: 'path' }, route),
          condition(when),
          plugin === undefined ? element('span', { class: 'quiet' }, 'group') : pluginLink(plugin),
        ),
        children?.length ? tree(children) : undefined,
      ),
    ),
  )
}
