import { element } from './element.js'
import { type Inspection, type Plugin, words } from './inspection.js'
import { badge, code, fileLink, pluginLink, row } from './parts.js'

/** Every plugin with its state, why it has that, and what it needs. */
export function plugins({ composition }: Inspection): HTMLElement {
  return element(
    'ul',
    { class: 'cards' },
    composition.plugins.map((plugin) => card(plugin, neededBy(plugin, composition.plugins))),
  )
}

function neededBy({ name }: Plugin, all: readonly Plugin[]): string[] {
  return all
    .filter(({ dependencies }) => dependencies.some((each) => each.name === name))
    .map((each) => each.name)
}

function card(plugin: Plugin, dependents: readonly string[]): HTMLElement {
  const { name, status, reason, version, dependencies, config, dir, activation } = plugin
  const described = words(plugin.description)
  return row(
    'li',
    { class: `card ${status}`, id: `plugin-${encodeURIComponent(name)}`, tabindex: -1 },
    element(
      'h3',
      {},
      words(plugin.label) || name,
      badge(status),
      activation === 'startup' && badge('startup', 'starts with the shell'),
    ),
    described && element('p', {}, described),
    reason !== null && element('p', { class: 'reason' }, reason),
    element(
      'dl',
      {},
      fact('Name', code(name)),
      fact('Package', code(plugin.package ?? 'no name'), version !== null && ` ${version}`),
      fact('Configuration', fileLink(config ?? `${dir}/package.json`)),
      dependencies.length > 0 &&
        fact(
          'Needs',
          dependencies.map((needed) => [
            pluginLink(needed.name),
            ` ${needed.range}${needed.optional ? ', optional ' : ' '}`,
          ]),
        ),
      dependents.length > 0 &&
        fact(
          'Needed by',
          dependents.map((each) => [pluginLink(each), ' ']),
        ),
    ),
  )
}

function fact(term: string, ...facts: Parameters<typeof element>[2][]): HTMLElement {
  return element('div', {}, element('dt', {}, term), element('dd', {}, facts))
}
