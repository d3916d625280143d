import type { LazyComponent } from './component.js'
import type {
  ComposedPlugin,
  ExtensionNode,
  ExtensionPointNode,
  MenuNode,
  ProviderNode,
  RouteNode,
} from './composed.js'
import type { ConditionContext, Conditions } from './conditions.js'
import { compare, menuTree } from './menu-tree.js'

/** What plugins contribute, as the shell shows it: each part whose condition holds, with components that start their plugin. */
export class Contributions {
  readonly #nodes = new WeakMap<object, object>()
  readonly #components = new WeakMap<LazyComponent, LazyComponent>()

  /** @param use Starts a plugin, and waits until it is active. */
  constructor(
    readonly conditions: Conditions,
    readonly use: (plugin: string) => Promise<void>,
  ) {}

  menu(plugins: readonly ComposedPlugin[], context: ConditionContext): MenuNode[] {
    const items = plugins.flatMap(({ menu = [] }) => menu)
    const hidden = new Set<string>()
    const shown = items.filter((item) => {
      const holds = this.conditions.holds(item, context)
      if (!holds) hidden.add(item.name)
      return holds
    })
    for (const { name } of shown) hidden.delete(name)
    return menuTree(
      withoutHidden(shown, hidden),
      plugins.flatMap(({ modules = [] }) => modules),
    )
  }

  routes(plugins: readonly ComposedPlugin[], context: ConditionContext): RouteNode[] {
    return this.#routes(
      plugins.flatMap(({ routes = [] }) => routes),
      context,
    )
  }

  #routes(routes: readonly RouteNode[], context: ConditionContext): RouteNode[] {
    return routes
      .filter((route) => this.conditions.holds(route, context))
      .map((route) => {
        const node = this.#started(route)
        return route.children ? { ...node, children: this.#routes(route.children, context) } : node
      })
  }

  extensions(plugins: readonly ComposedPlugin[], point: string, context: ConditionContext): ExtensionNode[] {
    return plugins
      .flatMap(({ extensions = [] }) => extensions)
      .filter((extension) => extension.point === point && this.conditions.holds(extension, context))
      .sort((a, b) => a.weight - b.weight || compare(a.plugin, b.plugin) || compare(a.id, b.id))
      .map((extension) => this.#started(extension))
  }

  providers(plugins: readonly ComposedPlugin[]): ProviderNode[] {
    return plugins
      .flatMap(({ providers = [] }) => providers)
      .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
      .map((provider) => this.#started(provider))
  }

  extensionPoints(plugins: readonly ComposedPlugin[]): ExtensionPointNode[] {
    return plugins.flatMap(({ extensionPoints = [] }) => extensionPoints)
  }

  /** A node whose component starts its plugin first: the same one for a node. */
  #started<Node extends { readonly plugin: string; readonly component?: LazyComponent }>(node: Node): Node {
    if (!node.component) return node
    const known = this.#nodes.get(node) ?? {
      ...node,
      component: this.#component(node.component, node.plugin),
    }
    this.#nodes.set(node, known)
    return known as Node
  }

  #component(load: LazyComponent, plugin: string): LazyComponent {
    const started = this.#components.get(load) ?? (() => this.use(plugin).then(load))
    this.#components.set(load, started)
    return started
  }
}

/** The items that are nested in no hidden one. */
function withoutHidden(items: readonly MenuNode[], hidden: Set<string>): readonly MenuNode[] {
  const left = items.filter(({ parent }) => parent === undefined || !hidden.has(parent))
  if (left.length === items.length) return items
  for (const item of items) if (!left.includes(item)) hidden.add(item.name)
  return withoutHidden(left, hidden)
}
