import type { ReactNode } from 'react'
import type { PluginName } from '../names.js'

/** A part of a plugin that has failed. */
export interface Failure {
  /** What was thrown. */
  readonly error: unknown
  readonly plugin: PluginName
  /** The id of the extension, or the path of the page. */
  readonly part: string
  /** Renders the part again, and loads what could not be loaded. */
  readonly retry: () => void
}

/** What stands in the place of a part that has failed. */
export type Fallback = ReactNode | ((failure: Failure) => ReactNode)

/** What stands in the place of a part: what the shell says, and where it says nothing a line that names the part. */
export function failed(fallback: Fallback, failure: Failure): ReactNode {
  if (typeof fallback === 'function') return fallback(failure)
  if (fallback !== undefined) return fallback
  return <span role="alert">{`${failure.part} of ${failure.plugin} failed`}</span>
}
