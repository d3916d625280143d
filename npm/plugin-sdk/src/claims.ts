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
  /** On what conditions it is there, its own and those of what it is in. */
  readonly when: readonly unknown[]
  /** Whether it only holds others, and shows nothing itself: any number of such may be there. */
  readonly isBare: boolean
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
  const claim = (kind: string, name: string, part: object, { when }: Conditional = {}): Claim => ({
    ...{ plugin, part, isBare: false },
    key: `${kind} "${name}"`,
    id: `${plugin.name}#${name}`,
    when: when === undefined ? [] : [when],
  })
  return [
    ...menu.map((item) => claim('menu item', item.name, item, item)),
    ...paths(routes, '', []).flatMap(({ path, route, when }) =>
      shapes(path).map((shape) => ({
        ...claim('route', path || '/', route),
        ...{ key: `route "${shape}"`, when, isBare: route.component === undefined },
      })),
    ),
    ...extensions.map((extension) => claim('extension', extension.id, extension, extension)),
    ...extensionPoints.map((point) => claim('extension point', point.id, point)),
    ...Object.entries(services).map(([name, load]) => claim('service', name, load)),
  ]
}

interface Conditional {
  readonly when?: unknown
}

interface Path extends Pick<Claim, 'when'> {
  readonly path: string
  readonly route: RouteNode
}

/** The routes that claim their path: a layout does not, and a route that has an index leaves its path to that. */
function paths(routes: readonly RouteNode[], parent: string, outer: readonly unknown[]): Path[] {
  return routes.flatMap((route) => {
    const { path, index, children = [] } = route
    const full =
      path === undefined ? parent : path[0] === '/' ? path : `${parent.replace(/\/+$/, '')}/${path}`
    const when = route.when === undefined ? outer : [...outer, route.when]
    const claims = (index || path !== undefined) && !hasIndex(children)
    return [...(claims ? [{ path: full, route, when }] : []), ...paths(children, full, when)]
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
    const shape = required.replace(/^:[\p{Alphabetic}\p{N}_-]*/u, ':')
    const longer = shapes.map((start) => `${start}/${shape}`)
    shapes = required === segment ? longer : [...longer, ...shapes]
  }
  // React Router takes `/files*` for `/files/*`.
  return shapes.map((shape) => shape.replace(/(?<=[^/])\*$/, '/*') || '/')
}

/**
 * Which plugin has which name. Two may share one where different conditions tell them apart. All plugins take theirs in
 * every round, and are answered as in the last one as long as the same have come before them.
 */
export class Claims {
  readonly #held = new Map<string, readonly Claim[]>()
  /** The parts that another plugin overrides, with its name. */
  readonly replaced = new Map<object, string>()
  #taken: { readonly plugin: ComposedPlugin; readonly refusal: string | undefined }[] = []
  /** How many have taken theirs in this round. */
  #count = 0

  /** Takes the names of a plugin, all of them or none. Returns why it cannot. */
  take(plugin: ComposedPlugin): string | undefined {
    if (this.#taken[this.#count]?.plugin !== plugin) {
      this.#forgetLater()
      this.#taken.push({ plugin, refusal: this.#takeAnew(plugin) })
    }
    return this.#taken[this.#count++]?.refusal
  }

  /** All plugins have taken their names: the next one begins another round. */
  end(): void {
    this.#forgetLater()
    this.#count = 0
  }

  /** Forgets those who have taken names in the last round and not yet in this one. */
  #forgetLater(): void {
    if (this.#taken.length === this.#count) return
    this.#taken = this.#taken.slice(0, this.#count)
    this.#held.clear()
    this.replaced.clear()
    for (const { plugin, refusal } of this.#taken) if (refusal === undefined) this.#takeAnew(plugin)
  }

  #takeAnew(plugin: ComposedPlugin): string | undefined {
    const claims = claimsOf(plugin)
    for (const claim of claims)
      for (const other of this.#held.get(claim.key) ?? [])
        if (
          other.plugin !== plugin &&
          !(claim.isBare && other.isBare) &&
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

function areApart({ when: one }: Claim, { when: other }: Claim): boolean {
  const isSame = one.length === other.length && one.every((when, at) => when === other[at])
  return one.length > 0 && other.length > 0 && !isSame
}
