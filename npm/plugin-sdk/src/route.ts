import type { ComponentReference } from './component.js'
import type { Condition } from './condition.js'

/** A page, or a group of pages. Paths are written as React Router has them: `/wms/stock/:sku`. */
export interface PluginRoute {
  /** The path: from the root of the shell at the top, relative to the parent in `children`. Absent in an index. */
  path?: string
  /** Whether this is the page of the parent's own path. Default `false`. */
  index?: boolean
  /** The page. In a route with `children`, a layout that renders the matching child in its outlet. */
  component?: ComponentReference
  /** Routes below this one. Default: none. */
  children?: readonly PluginRoute[]
  /** What the user reads where the page is named. Default: none. */
  label?: string
  /** When the page can be reached. Default: always. */
  when?: Condition
  /** @deprecated The older name of {@link PluginRoute.when}. */
  conditions?: Condition
}
