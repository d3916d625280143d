import type { MenuNode, ModuleNode, Text } from './composed.js'

/**
 * One menu out of many items: grouped by module, nested by `parent`, sorted by order, label and name, with `before` and
 * `after` applied last. The rules are the composer's.
 */
export function menuTree(items: readonly MenuNode[], modules: readonly ModuleNode[]): MenuNode[] {
  const byName = firstByName(items)
  const groups = new Map<string, MenuNode>()
  const members = new Map<MenuNode | undefined, MenuNode[]>()
  const put = (item: MenuNode, container: MenuNode | undefined) => {
    const row = members.get(container)
    if (row) row.push(item)
    else members.set(container, [item])
  }
  for (const [item, place] of places(items, byName)) {
    const group =
      typeof place === 'string' ? (groups.get(place) ?? groupNode(place, items, modules)) : undefined
    if (group) groups.set(group.name, group)
    put(item, group ?? (place as MenuNode | undefined))
  }
  for (const group of groups.values()) put(group, undefined)
  const row = (container: MenuNode | undefined): MenuNode[] =>
    arrange(members.get(container) ?? []).map((item) =>
      members.has(item) ? { ...item, children: row(item) } : item,
    )
  return row(undefined)
}

/** Items by name; of two the first counts. */
function firstByName(items: readonly MenuNode[]): ByName {
  return new Map([...items].reverse().map((item) => [item.name, item]))
}

/** `Human Resources` → `human-resources` */
function groupName(module: string): string {
  return module.trim().toLowerCase().split(/\s+/).join('-')
}

type ByName = ReadonlyMap<string | undefined, MenuNode>
/** Where an item belongs: in another item, in the group of that name, or at the top. */
type Place = MenuNode | string | undefined

/** Where each item belongs. One that would be within itself because of its neighbour goes to the top. */
function places(items: readonly MenuNode[], byName: ByName): ReadonlyMap<MenuNode, Place> {
  const found = new Map(items.map((item) => [item, placeOf(item, byName)]))
  const within = (item: MenuNode) => {
    const place = found.get(item)
    return typeof place === 'object' ? place : undefined
  }
  const astray = items.filter(
    (item) =>
      isCircle(item, within) && (isInCircle(item, byName) || byName.get(item.parent) !== found.get(item)),
  )
  for (const item of astray) found.set(item, undefined)
  return found
}

function placeOf(item: MenuNode, byName: ByName): Place {
  const seen = new Set<MenuNode>()
  for (let at: MenuNode | undefined = item; at && !seen.has(at); at = byName.get(at.before ?? at.after)) {
    // Without a place of its own an item goes where its neighbour is.
    seen.add(at)
    if (isInCircle(at, byName)) continue
    const parent = byName.get(at.parent)
    if (parent) return parent === item ? undefined : parent
    if (at.module !== undefined) return groupName(at.module)
  }
  return undefined
}

/** Whether an item is nested in itself. */
function isInCircle(item: MenuNode, byName: ByName): boolean {
  return isCircle(item, ({ parent }) => byName.get(parent))
}

function isCircle(item: MenuNode, next: (item: MenuNode) => MenuNode | undefined): boolean {
  const seen = new Set<MenuNode>()
  let at = next(item)
  while (at && at !== item && !seen.has(at)) {
    seen.add(at)
    at = next(at)
  }
  return at === item
}

/** A group as the modules of its name describe it, the first that says something; or as its items write it. */
function groupNode(name: string, items: readonly MenuNode[], modules: readonly ModuleNode[]): MenuNode {
  const isOwn = (module = '') => groupName(module) === name
  const group: Record<string, unknown> = { name }
  for (const { name: written, plugin: _, ...description } of modules.filter((module) => isOwn(module.name))) {
    if (written !== name) group.label ??= description.label ?? written
    for (const [key, value] of Object.entries(description)) group[key] ??= value
  }
  for (const side of ['before', 'after']) if (group[side]) group[side] = groupName(group[side] as string)
  group.label ??= items.find(({ module }) => isOwn(module))?.module
  return group as unknown as MenuNode
}

function arrange(siblings: readonly MenuNode[]): MenuNode[] {
  const sorted = [...siblings].sort(
    (a, b) =>
      compare(a.order ?? Infinity, b.order ?? Infinity) ||
      compare(textOf(a.label), textOf(b.label)) ||
      compare(a.name, b.name),
  )
  const byName = firstByName(sorted)
  const neighbour = ({ before, after }: MenuNode) => byName.get(before ?? after)
  const attached = sorted.filter(neighbour)
  const row: MenuNode[] = []
  const placed = new Set<MenuNode>()
  const place = (item: MenuNode) => {
    if (placed.has(item)) return
    placed.add(item)
    const beside = attached.filter((other) => neighbour(other) === item)
    for (const other of beside) if (other.before !== undefined) place(other)
    row.push(item)
    for (const other of beside) place(other)
  }
  for (const item of sorted) if (!neighbour(item)) place(item)
  for (const item of sorted) place(item)
  return row
}

function textOf(text: Text): string {
  return typeof text === 'string' ? text : text.$message
}

export function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0
}
