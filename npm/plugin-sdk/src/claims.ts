import type { ComposedPlugin, RouteNode } from './composed.js'

type Conditional = { readonly when?: unknown }

/** The names that only one plugin may have, each with what has it. */
function* claimsOf(plugin: ComposedPlugin): Generator<[string, Conditional]> {
  for (const item of plugin.menu ?? []) yield [`menu item "${item.name}"`, item]
  for (const [path, route] of shapes(plugin.routes, '')) yield [`route "${path}"`, route]
  for (const extension of plugin.extensions ?? []) yield [`extension "${extension.id}"`, extension]
  for (const point of plugin.extensionPoints ?? []) yield [`extension point "${point.id}"`, {}]
  for (const name of Object.keys(plugin.services ?? {})) yield [`service "${name}"`, {}]
}

/** The shapes of paths: what a parameter is called, slashes at the end and the case of letters make no difference. */
function* shapes(routes: readonly RouteNode[] | undefined, parent: string): Generator<[string, Conditional]> {
  for (const route of routes ?? []) {
    const { path, index, children } = route
    const full = path?.startsWith('/') ? path : `${parent}/${path ?? ''}`
    const hasIndex = children?.some((child) => child.index || child.path === undefined)
    if ((index || path !== undefined) && !hasIndex) yield [shape(full), route]
    yield* shapes(children, full)
  }
}

function shape(path: string): string {
  const segments = path.split('/').filter(Boolean)
  return `/${segments.map((segment) => (segment[0] === ':' ? ':' : segment.toLowerCase())).join('/')}`
}

/**
 * Which plugin has which name. Two may share one where different conditions tell them apart.
 */
export class Claims {
  readonly #taken = new Map<string, { readonly plugin: string; readonly when: unknown }>()

  /** Takes the names of a plugin, all of them or none. Returns why it cannot. */
  take(plugin: ComposedPlugin): string | undefined {
    const claims = [...claimsOf(plugin)]
    for (const [name, { when }] of claims) {
      const other = this.#taken.get(name)
      const differs = other?.when !== undefined && when !== undefined && other.when !== when
      if (other && other.plugin !== plugin.name && !differs) return `${other.plugin} has the ${name} already`
    }
    for (const [name, { when }] of claims) this.#taken.set(name, { plugin: plugin.name, when })
    return undefined
  }
}
