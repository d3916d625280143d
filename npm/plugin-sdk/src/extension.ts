import type { ComponentReference } from './component.js'
import type { Condition } from './condition.js'
import type { ExtensionPointId } from './names.js'

/** A place in a plugin's pages that other plugins may fill, by components that take `Props`. */
export interface ExtensionPoint<Props = unknown> {
  /** The name of the place, unique in the shell and by custom prefixed with the plugin: `wms.stock.toolbar`. */
  id: string
  /** A sentence about what belongs there. Default: none. */
  description?: string
  /** Never there: it carries a type, which `defineExtensionPoint` sets and `ExtensionProps` finds. */
  readonly '~props'?: Props
}

/** What each of a list of extension points hands to the components that fill it. */
export type PropsOfPoints = readonly unknown[] | readonly []

/** The extension points that hand over these props, in this order. */
export type ExtensionPoints<Props extends PropsOfPoints = PropsOfPoints> = {
  readonly [Index in keyof Props]: ExtensionPoint<Props[Index]>
}

/** A component that fills an extension point, of this plugin or of another, or one of the shell's own. */
export interface Extension {
  /** The name of the extension, unique in the shell: `wms.badge`. */
  id: string
  /** The id of the point to fill: `header.right`. Required, unless the older `extensionPointId` is given. */
  point?: ExtensionPointId
  /** What is rendered there. */
  component: ComponentReference
  /** The place among the extensions of a point, lower first; ties go by plugin name, then by id. Default `0`. */
  weight?: number
  /** When the extension is shown. Default: always. */
  when?: Condition
  /** @deprecated The older name of {@link Extension.point}. */
  extensionPointId?: ExtensionPointId
  /** @deprecated The older name of {@link Extension.when}. */
  conditions?: Condition
}
