/** What a new plugin would have in common with what is there. */
import type { Composition, MenuNode, Route } from '../../index.js'
import type { Names } from './names.js'
import { Refusal } from './refusal.js'
import type { Surroundings } from './workspace.js'

/** The contributions of a new plugin. */
interface Contributions {
  /** `/stock` */
  route: string
  /** `stock.home` */
  menuItem: string
}

export function contributionsOf({ plugin }: Names): Contributions {
  return { route: `/${plugin}`, menuItem: `${plugin}.home` }
}

/** Throws where a name is taken. */
export function checkNames(workspace: Surroundings, names: Names): void {
  const { composition, members } = workspace
  const member = members.find(({ name }) => name === names.package)
  if (member) throw new Refusal(`The package ${names.package} is there already, in ${member.dir}. ${OTHER}`)
  const plugin = composition.plugins.find(({ name }) => name === names.plugin)
  if (plugin) throw new Refusal(`The plugin \`${plugin.name}\` is there already, in ${plugin.dir}. ${OTHER}`)
  const { route, menuItem } = contributionsOf(names)
  const page = pages(composition).find(({ path }) => path.toLowerCase() === route.toLowerCase())
  if (page) throw new Refusal(`The route ${page.path} belongs to the plugin \`${page.plugin}\`. ${OTHER}`)
  const item = items(composition.menu).find(({ name }) => name === menuItem)
  if (item)
    throw new Refusal(`The menu item \`${item.name}\` belongs to the plugin \`${item.plugin}\`. ${OTHER}`)
}

const OTHER = 'Choose another name.'

function pages({ routes }: Composition): { path: string; plugin: string }[] {
  const below = (parent: string, list: readonly Route[]): { path: string; plugin: string }[] =>
    list.flatMap(({ path = '', plugin, children = [] }) => {
      const full = path.startsWith('/') ? path : `${parent}/${path}`
      return [{ path: full.replace(/(?<=.)\/+$/, ''), plugin }, ...below(full, children)]
    })
  return below('', routes)
}

function items(nodes: readonly MenuNode[]): MenuNode[] {
  return nodes.flatMap((node) => [...(node.plugin ? [node] : []), ...items(node.children ?? [])])
}
