import type { ComponentReference } from './component.js'
import type { Condition } from './condition.js'

/** A place in a plugin's pages that other plugins may fill. */
export interface ExtensionPoint {
  /** The name of the place, unique in the shell and by custom prefixed with the plugin: `wms.stock.toolbar`. */
  id: string
  /** A sentence about what belongs there. Default: none. */
  description?: string
}

/** A component that fills an extension point, of this plugin or of another, or one of the shell's own. */
export interface Extension {
  /** The name of the extension, unique in the shell: `wms.badge`. */
  id: string
  /** The id of the point to fill: `header.right`. Required, unless the older `extensionPointId` is given. */
  point?: string
  /** What is rendered there. */
  component: ComponentReference
  /** The place among the extensions of a point, lower first; ties go by plugin name, then by id. Default `0`. */
  weight?: number
  /** When the extension is shown. Default: always. */
  when?: Condition
  /** @deprecated The older name of {@link Extension.point}. */
  extensionPointId?: string
  /** @deprecated The older name of {@link Extension.when}. */
  conditions?: Condition
}
