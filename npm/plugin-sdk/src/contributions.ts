import type { LazyComponent } from './component.js'
import type { ComposedPlugin, ExtensionNode, MenuNode, ProviderNode, RouteNode } from './composed.js'
import { compare, menuTree } from './menu-tree.js'

/** The kinds of parts of which a plugin has lists. */
type Kind = 'modules' | 'menu' | 'routes' | 'extensionPoints' | 'extensions' | 'providers' | 'permissions'
type Part<Of extends Kind> = NonNullable<ComposedPlugin[Of]>[number]

/** The parts of a kind that plugins bring together. */
export function partsOf<Of extends Kind>(plugins: readonly ComposedPlugin[], kind: Of): Part<Of>[] {
  return plugins.flatMap((plugin) => (plugin[kind] ?? []) as readonly Part<Of>[])
}

/** Whether a part is shown: its condition holds, and nobody replaces it. */
export type Shown = (part: Part<'menu' | 'routes' | 'extensions'>) => boolean

export function menu(plugins: readonly ComposedPlugin[], isShown: Shown): MenuNode[] {
  const items = partsOf(plugins, 'menu')
  return menuTree(withoutNested(items, items.filter(isShown)), partsOf(plugins, 'modules'))
}

/** Those of the items that are shown which are nested in no hidden one. */
function withoutNested(items: readonly MenuNode[], shown: readonly MenuNode[]): readonly MenuNode[] {
  const hidden = new Set<string | undefined>(items.map(({ name }) => name))
  for (const { name } of shown) hidden.delete(name)
  const left = shown.filter(({ parent }) => !hidden.has(parent))
  return left.length < shown.length ? withoutNested(items, left) : left
}

export function routes(plugins: readonly ComposedPlugin[], isShown: Shown, started: Started): RouteNode[] {
  const inner = (nodes: readonly RouteNode[]): RouteNode[] =>
    nodes.filter(isShown).map((route) => {
      const node = started(route)
      return route.children ? { ...node, children: inner(route.children) } : node
    })
  return inner(partsOf(plugins, 'routes'))
}

export function extensions(
  plugins: readonly ComposedPlugin[],
  point: string,
  isShown: Shown,
  started: Started,
): ExtensionNode[] {
  return partsOf(plugins, 'extensions')
    .filter((extension) => extension.point === point && isShown(extension))
    .sort((a, b) => a.weight - b.weight || compare(a.plugin, b.plugin) || compare(a.id, b.id))
    .map(started)
}

export function providers(plugins: readonly ComposedPlugin[], started: Started): ProviderNode[] {
  return partsOf(plugins, 'providers')
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(started)
}

type WithComponent = { readonly plugin: string; readonly component?: LazyComponent }

/** A node whose component starts its plugin first. */
type Started = <Node extends WithComponent>(node: Node) => Node

/**
 * Makes nodes whose components start their plugin: for the same component the same function, whatever node it is in.
 *
 * @param use Starts a plugin, and waits until it is active.
 */
export function starter(use: (plugin: string) => Promise<void>): Started {
  const known = new WeakMap<LazyComponent, LazyComponent>()
  return (node) => {
    const { component: load, plugin } = node
    if (!load) return node
    const component = known.get(load) ?? (() => use(plugin).then(load))
    known.set(load, component)
    return { ...node, component }
  }
}
