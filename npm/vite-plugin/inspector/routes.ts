import { element } from './element.js'
import { type Inspection, type Route, words } from './inspection.js'
import { codeLink, condition, head, pluginLink, row } from './parts.js'

/** Every address, with whose it is and the component behind it. */
export function routes({ composition }: Inspection): HTMLElement {
  return element(
    'table',
    {},
    head('Path', 'Plugin', 'Page'),
    element('tbody', {}, lines(composition.routes, '', 0)),
  )
}

function lines(nodes: readonly Route[], parent: string, depth: number): HTMLElement[] {
  return nodes.flatMap((route) => {
    const { path, index, label, component, plugin, when, children = [] } = route
    const full = path?.startsWith('/') ? path : [parent.replace(/\/$/, ''), path].filter(Boolean).join('/')
    const line = row(
      'tr',
      {},
      element(
        'td',
        { style: `--depth: ${depth}` },
        element('span', { class: 'path' }, full || '/'),
        index && element('span', { class: 'quiet' }, ' index'),
        children.length > 0 && element('span', { class: 'quiet' }, ' layout'),
        ' ',
        condition(when),
      ),
      element('td', {}, pluginLink(plugin)),
      element('td', {}, words(label) && element('span', {}, `${words(label)} `), codeLink(component)),
    )
    return [line, ...lines(children, full, depth + 1)]
  })
}
