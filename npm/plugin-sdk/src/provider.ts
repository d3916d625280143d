import type { ComponentReference } from './component.js'

/** A component that the shell wraps around its content, usually to provide a context. */
export interface Provider {
  /** What wraps. It has to render its `children`. */
  component: ComponentReference
  /** The place among the providers, lower outside. Default `0`. */
  order?: number
}
