/** What methods found, in one form, so that two can be held against each other before any time counts. */
import { isDeepStrictEqual } from 'node:util'

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
const byText = (list) => list.map((item) => [JSON.stringify(item), item]).sort(([a], [b]) => compare(a, b))
const sorted = (list) => byText(list).map(([, item]) => item)

/** A list of packages: every folder, relative to the root, and what tags those that are tagged. */
export function packageList(packages) {
  const tagged = packages.filter(({ tag }) => tag !== undefined && tag !== null)
  return {
    dirs: packages.map(({ dir }) => dir.replaceAll('\\', '/')).sort(compare),
    tags: sorted(tagged.map(({ dir, tag }) => [dir, tag])),
  }
}

/** What plugins contribute, from their configurations: objects in which code is whatever it is. */
export function contributions(plugins) {
  const each = (of) => sorted(plugins.flatMap(of))
  return {
    plugins: each(({ name, label, description, icon }) => [{ name, label, description, icon }]),
    dependencies: each(({ name, dependencies = {} }) =>
      Object.entries(dependencies).map((entry) => [name, ...entry]),
    ),
    menu: each((plugin) =>
      (plugin.menu ?? []).map(({ name, label, route, order, icon }) => ({
        plugin: plugin.name,
        name,
        label,
        route,
        order,
        icon,
      })),
    ),
    routes: each(({ name, routes = [] }) => routes.map(({ path }) => [name, path])),
    points: each(({ name, extensionPoints = [] }) => extensionPoints.map(({ id }) => [name, id])),
    extensions: each(({ name, extensions = [] }) =>
      extensions.map(({ id, point, weight }) => [name, id, point, weight]),
    ),
    permissions: each(({ permissions = [] }) =>
      permissions.map(({ resource, actions }) => [resource, ...actions]),
    ),
    settings: each(({ settings = {} }) => Object.entries(settings)),
  }
}

/** The same of a composition of ours. */
export function composition({ composition }) {
  const items = composition.menu.flatMap(function leaves(node) {
    return [...(node.plugin ? [node] : []), ...(node.children ?? []).flatMap(leaves)]
  })
  const [menu, routes, extensionPoints, extensions, permissions, settings] = [
    items,
    composition.routes,
    composition.extensionPoints,
    composition.extensions,
    composition.permissions,
    composition.settings,
  ].map(byPlugin)
  const included = composition.plugins.filter(({ status }) => status === 'included')
  return contributions(
    included.map((plugin) => ({
      ...plugin,
      dependencies: Object.fromEntries(plugin.dependencies.map(({ name, range }) => [name, range])),
      menu: menu.get(plugin.name),
      routes: routes.get(plugin.name),
      extensionPoints: extensionPoints.get(plugin.name),
      extensions: extensions.get(plugin.name),
      permissions: permissions.get(plugin.name),
      settings: Object.fromEntries(
        (settings.get(plugin.name) ?? []).map(({ name, schema }) => [name, schema]),
      ),
    })),
  )
}

function byPlugin(list) {
  const found = new Map()
  for (const item of list) found.set(item.plugin, [...(found.get(item.plugin) ?? []), item])
  return found
}

/** Throws if two methods do not have the same answer, with the first thing in which they differ. */
export function agree(one, other) {
  if (isDeepStrictEqual(one.answer, other.answer)) return
  const where = difference(one.answer, other.answer, '')
  throw new Error(`“${one.name}” and “${other.name}” did not find the same: ${where}`)
}

function difference(a, b, path) {
  const isPlain = (value) => typeof value === 'object' && value !== null
  if (!isPlain(a) || !isPlain(b))
    return `${path || 'the answer'} is ${JSON.stringify(a)} and ${JSON.stringify(b)}`
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  const key = keys.find((key) => !isDeepStrictEqual(a[key], b[key]))
  return difference(a[key], b[key], path ? `${path}.${key}` : key)
}
