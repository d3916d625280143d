import { Component, type ReactNode, Suspense } from 'react'
import type { PluginName } from '../names.js'
import { PluginError } from '../plugin-error.js'
import { OwnerContext, type Scope, ScopeContext } from './scope.js'

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
  return fallback === undefined ? (
    <span role="alert">{`${failure.part} of ${failure.plugin} failed`}</span>
  ) : (
    fallback
  )
}

export interface BoundaryProps {
  readonly plugin: string
  readonly part: string
  /** Other code, or another visit: a part that has failed is tried again when this is another value. */
  readonly attempt: unknown
  readonly fallback?: Fallback
  /** What stands there until the part's code is loaded. Default: nothing. */
  readonly loading?: ReactNode
  readonly children?: ReactNode
}

type State = { readonly attempt?: unknown; readonly failure?: { readonly error: unknown } | undefined }

/** Keeps a part of a plugin apart from all others: its crash costs itself, its loading delays nobody. */
export class Boundary extends Component<BoundaryProps, State> {
  static override contextType = ScopeContext
  declare context: Scope
  override state: State = {}

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } }
  }

  static getDerivedStateFromProps({ attempt }: BoundaryProps, state: State): State | null {
    return Object.is(state.attempt, attempt) ? null : { attempt, failure: undefined }
  }

  override componentDidCatch(error: unknown): void {
    // Who loads and starts plugins has reported its own failures.
    if (!(error instanceof PluginError))
      this.context.registry.report(new PluginError(this.props.plugin, 'render', error))
  }

  readonly #retry = () => {
    this.context.failures.clear()
    this.setState({ failure: undefined })
  }

  override render(): ReactNode {
    const { plugin, part, children, loading, fallback = this.context.fallback } = this.props
    const { failure } = this.state
    if (failure) return failed(fallback, { ...failure, plugin, part, retry: this.#retry })
    return (
      <OwnerContext.Provider value={plugin}>
        <Suspense fallback={loading}>{children}</Suspense>
      </OwnerContext.Provider>
    )
  }
}
