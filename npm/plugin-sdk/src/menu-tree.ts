import type { MenuNode, ModuleNode, Text } from './composed.js'

/**
 * One menu out of many items: grouped by module, nested by `parent`, sorted by order, label and name, with `before` and
 * `after` applied last. The rules are the composer's.
 */
export function menuTree(items: readonly MenuNode[], modules: readonly ModuleNode[]): MenuNode[] {
  const byName = new Map([...items].reverse().map((item) => [item.name, item]))
  const members = new Map<MenuNode | string | undefined, MenuNode[]>()
  for (const [item, place] of places(items, byName)) members.set(place, [...(members.get(place) ?? []), item])
  const build = (item: MenuNode): MenuNode => {
    const nested = members.get(item)
    return nested ? { ...item, children: arrange(nested).map(build) } : item
  }
  const top = [...(members.get(undefined) ?? [])]
  const groups = new Map<MenuNode, MenuNode[]>()
  for (const [place, nested] of members) {
    if (typeof place !== 'string') continue
    const group = groupNode(place, nested, modules)
    groups.set(group, nested)
    top.push(group)
  }
  return arrange(top).map((node) => {
    const nested = groups.get(node)
    if (!nested) return build(node)
    const { before: _, after: __, ...group } = node
    return { ...group, children: arrange(nested).map(build) }
  })
}

/** `Human Resources` → `human-resources` */
function groupName(module: string): string {
  return module.trim().toLowerCase().split(/\s+/).join('-')
}

/** Where an item belongs: in another item, in the group of that name, or at the top. */
type Place = MenuNode | string | undefined

/** Where each item belongs. One that would be within itself because of its neighbour goes to the top. */
function places(
  items: readonly MenuNode[],
  byName: ReadonlyMap<string, MenuNode>,
): ReadonlyMap<MenuNode, Place> {
  const found = new Map(items.map((item) => [item, placeOf(item, byName)]))
  const astray = items.filter((item) => isWithinItself(item, found) && !ownPlace(item, byName))
  for (const item of astray) found.set(item, undefined)
  return found
}

function isWithinItself(item: MenuNode, places: ReadonlyMap<MenuNode, Place>): boolean {
  const seen = new Set<Place>()
  let at = places.get(item)
  while (typeof at === 'object' && at !== item && !seen.has(at)) {
    seen.add(at)
    at = places.get(at)
  }
  return at === item
}

function placeOf(item: MenuNode, byName: ReadonlyMap<string, MenuNode>): Place {
  const seen = new Set<MenuNode>()
  for (let at: MenuNode | undefined = item; at && !seen.has(at); ) {
    seen.add(at)
    const place = ownPlace(at, byName)
    if (place) return place === item ? undefined : place
    // Without a place of its own it goes where its neighbour is.
    at = byName.get(at.before ?? at.after ?? '')
  }
  return undefined
}

function ownPlace(item: MenuNode, byName: ReadonlyMap<string, MenuNode>): Place {
  if (isInCircle(item, byName)) return undefined
  return byName.get(item.parent ?? '') ?? (item.module === undefined ? undefined : groupName(item.module))
}

/** Whether an item is nested in itself. */
function isInCircle(item: MenuNode, byName: ReadonlyMap<string, MenuNode>): boolean {
  const seen = new Set<MenuNode>()
  let at = byName.get(item.parent ?? '')
  while (at && at !== item && !seen.has(at)) {
    seen.add(at)
    at = byName.get(at.parent ?? '')
  }
  return at === item
}

function groupNode(name: string, members: readonly MenuNode[], modules: readonly ModuleNode[]): MenuNode {
  const described: Record<string, unknown> = {}
  for (const module of modules) {
    if (groupName(module.name) !== name) continue
    const { name: written, plugin: _, ...description } = module
    if (written !== name) description.label ??= written
    for (const [key, value] of Object.entries(description)) described[key] ??= value
  }
  for (const side of ['before', 'after'])
    if (typeof described[side] === 'string') described[side] = groupName(described[side])
  const written = members.find(({ module }) => module !== undefined)?.module ?? name
  return { name, ...described, label: (described.label as Text | undefined) ?? written }
}

function arrange(siblings: readonly MenuNode[]): MenuNode[] {
  const sorted = [...siblings].sort(
    (a, b) =>
      compare(a.order ?? Infinity, b.order ?? Infinity) ||
      compare(textOf(a.label), textOf(b.label)) ||
      compare(a.name, b.name),
  )
  const byName = new Map([...sorted].reverse().map((item) => [item.name, item]))
  const besides = (item: MenuNode) => byName.get(item.before ?? item.after ?? '')
  const row: MenuNode[] = []
  const placed = new Set<MenuNode>()
  const place = (item: MenuNode) => {
    if (placed.has(item)) return
    placed.add(item)
    for (const other of sorted) if (other.before !== undefined && besides(other) === item) place(other)
    row.push(item)
    for (const other of sorted) if (other.before === undefined && besides(other) === item) place(other)
  }
  for (const item of sorted) if (!besides(item)) place(item)
  for (const item of sorted) place(item)
  return row
}

function textOf(text: Text): string {
  return typeof text === 'string' ? text : text.$message
}

export function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0
}
