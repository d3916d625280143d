import type { Condition } from './condition.js'
import type { Icon } from './icon.js'
import type { RoutePath } from './route-path.js'

/** One entry of the shell's menu. */
export interface MenuItem {
  /** The name of the entry, unique in the shell and by custom prefixed with the plugin: `wms.warehouse`. */
  name: string
  /** What the user reads. */
  label: string
  /**
   * The path that the entry opens, from the root of the shell: `/wms/stock`. Default: none, a mere heading. Where
   * `framework-m.d.ts` is part of the program it has to be one that there is; a constant then needs its literal type
   * (`as const`).
   */
  route?: RoutePath
  /** The group that the entry stands in, by the group's name or label: `Inventory`. Default: no group. */
  module?: string
  /** The icon beside the label. Default: the shell's own choice. */
  icon?: Icon
  /** The place in the group, lower first. Entries without one follow all that have one, by label, then name. */
  order?: number
  /** The name of the entry to stand directly before, in any plugin. Default: none. */
  before?: string
  /** The name of the entry to stand directly after, in any plugin. Default: none. */
  after?: string
  /** The name of the entry to nest under, in any plugin. Default: none, the entry stands in its group. */
  parent?: string
  /** When the entry is shown. Default: always. */
  when?: Condition
  /** @deprecated The older name of {@link MenuItem.when}. */
  conditions?: Condition
}

/** A description of a group of the menu. Without one a group is named by the `module` of its entries alone. */
export interface ModuleDescription {
  /** The name of the group in lower case: `inventory`. */
  name: string
  /** What the user reads. Default: as the entries of the group spell it. */
  label?: string
  /** The icon beside the label. Default: the shell's own choice. */
  icon?: Icon
  /** The place among the groups, lower first. Groups without one follow all that have one, by label. */
  order?: number
  /** The name of the group to stand directly before. Default: none. */
  before?: string
  /** The name of the group to stand directly after. Default: none. */
  after?: string
}
