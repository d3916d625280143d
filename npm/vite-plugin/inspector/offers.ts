import { element } from './element.js'
import { type Inspection, words } from './inspection.js'
import { code, codeLink, head, pluginLink, row } from './parts.js'

/** Services, permissions and settings. */
export function offers({ composition }: Inspection): HTMLElement {
  const { services, permissions, settings } = composition
  return element(
    'div',
    {},
    table('Services', ['Name', 'Plugin', 'Factory'], services, ({ name, plugin, factory }) => [
      code(name),
      pluginLink(plugin),
      codeLink(factory),
    ]),
    table('Permissions', ['Resource', 'Plugin', 'Actions'], permissions, ({ resource, plugin, actions }) => [
      code(resource),
      pluginLink(plugin),
      actions.join(', '),
    ]),
    table('Settings', ['Name', 'Plugin', 'Declaration'], settings, ({ name, plugin, schema }) => [
      element('span', {}, code(name), ` ${words(schema.label as string | undefined)}`),
      pluginLink(plugin),
      `${schema.type ?? ''}, ${schema.default === undefined ? 'no default' : JSON.stringify(schema.default)}`,
    ]),
  )
}

function table<Item>(
  title: string,
  columns: readonly string[],
  items: readonly Item[],
  cells: (item: Item) => readonly Parameters<typeof element>[2][],
): HTMLElement | undefined {
  if (items.length === 0) return undefined
  return element(
    'table',
    {},
    element('caption', {}, title),
    head(...columns),
    element(
      'tbody',
      {},
      items.map((item) =>
        row(
          'tr',
          {},
          cells(item).map((cell) => element('td', {}, cell)),
        ),
      ),
    ),
  )
}
