import type { ComposedPlugin, RouteNode } from './composed.js'

/** A name that only one plugin may have. */
type Claim = {
  readonly plugin: ComposedPlugin
  /** What may not be there twice: `route "/stock/:"`. */
  readonly key: string
  /** How an override names it: `wms#/stock/:sku`. */
  readonly id: string
  /** What has the name. */
  readonly part: object
}

const known = new WeakMap<ComposedPlugin, readonly Claim[]>()

/** What a plugin claims, found once. */
export function claimsOf(plugin: ComposedPlugin): readonly Claim[] {
  const claims = known.get(plugin) ?? findClaims(plugin)
  known.set(plugin, claims)
  return claims
}

function findClaims(plugin: ComposedPlugin): readonly Claim[] {
  const { menu = [], routes = [], extensions = [], extensionPoints = [], services = {} } = plugin
  const claim = (kind: string, name: string, part: object, key = name): Claim => ({
    ...{ plugin, part },
    key: `${kind} "${key}"`,
    id: `${plugin.name}#${name}`,
  })
  return [
    ...menu.map((item) => claim('menu item', item.name, item)),
    ...paths(routes, '').flatMap(([path, route]) =>
      shapes(path).map((shape) => claim('route', path || '/', route, shape)),
    ),
    ...extensions.map((extension) => claim('extension', extension.id, extension)),
    ...extensionPoints.map((point) => claim('extension point', point.id, point)),
    ...Object.entries(services).map(([name, load]) => claim('service', name, load)),
  ]
}

/** The routes that claim their path: a layout does not, and a route that has an index leaves its path to that. */
function paths(routes: readonly RouteNode[], parent: string): [string, RouteNode][] {
  return routes.flatMap((route) => {
    const { path, index, children = [] } = route
    const full =
      path === undefined ? parent : path[0] === '/' ? path : `${parent.replace(/\/+$/, '')}/${path}`
    const claims = (index || path !== undefined) && !hasIndex(children)
    return [...(claims ? [[full, route] as [string, RouteNode]] : []), ...paths(children, full)]
  })
}

function hasIndex(routes: readonly RouteNode[]): boolean {
  return routes.some(({ index, path, children = [] }) => index || (path === undefined && hasIndex(children)))
}

/** More optional segments than this in one path are taken as they stand: each doubles the number of shapes. */
const MOST_OPTIONAL = 6

/**
 * The shapes that a path matches, one for each way to leave out its optional segments. What a parameter is called, slashes
 * at the end and the case of letters make no difference. The rule is the composer's.
 */
function shapes(path: string): string[] {
  const segments = path.toLowerCase().split('/').filter(Boolean)
  const isOptional = (segment: string) => segment.endsWith('?')
  const isExpanded = segments.filter(isOptional).length <= MOST_OPTIONAL
  let shapes = ['']
  for (const segment of segments) {
    const required = isExpanded ? segment.replace(/\?$/, '') : segment
    const shape = required.replace(/^:[\p{Alphabetic}\p{N}_-]*$/u, ':')
    const longer = shapes.map((start) => `${start}/${shape}`)
    shapes = required === segment ? longer : [...longer, ...shapes]
  }
  return shapes.map((shape) => shape || '/')
}

/** Which plugin has which name. Two may share one where different conditions tell them apart. */
export class Claims {
  readonly #held = new Map<string, readonly Claim[]>()
  /** The parts that another plugin overrides, with its name. */
  readonly replaced = new Map<object, string>()

  /** Takes the names of a plugin, all of them or none. Returns why it cannot. */
  take(plugin: ComposedPlugin): string | undefined {
    const claims = claimsOf(plugin)
    for (const claim of claims)
      for (const other of this.#held.get(claim.key) ?? [])
        if (
          other.plugin !== plugin &&
          !areApart(claim, other) &&
          overrides(claim, other) === overrides(other, claim)
        )
          return `${other.plugin.name} has the ${claim.key} already`
    for (const claim of claims) {
      const held = this.#held.get(claim.key) ?? []
      const isLost = held.some((other) => this.#replace(claim, other))
      const left = held.filter((other) => !this.#replace(other, claim))
      this.#held.set(claim.key, isLost ? left : [...left, claim])
    }
    return undefined
  }

  #replace(claim: Claim, by: Claim): boolean {
    const isReplaced = overrides(by, claim) && !overrides(claim, by)
    if (isReplaced) this.replaced.set(claim.part, by.plugin.name)
    return isReplaced
  }
}

function overrides({ plugin }: Claim, other: Claim): boolean {
  return plugin !== other.plugin && (plugin.overrides?.includes(other.id) ?? false)
}

function areApart({ part }: Claim, { part: other }: Claim): boolean {
  const [one, two] = [part, other].map((it) => (it as { when?: unknown }).when)
  return one !== undefined && two !== undefined && one !== two
}
