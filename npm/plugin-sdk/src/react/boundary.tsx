import { Component, type ReactNode, Suspense } from 'react'
import { PluginError } from '../plugin-error.js'
import type { PluginRegistry } from '../registry.js'
import { begin, show } from './attempts.js'
import { type Fallback, failed } from './failure.js'
import { type Part, PartContext, type Scope, ScopeContext } from './scope.js'

export interface PluginBoundaryProps {
  readonly plugin: string
  /** What it is, as reports name it: the id of an extension, the path of a page. */
  readonly part: string
  /** Something that is another value with other code or at another visit: what has failed is then tried anew. */
  readonly attempt?: unknown
  /** What stands in the place of the part if it fails. Default: what the `<PluginProvider>` says. */
  readonly fallback?: Fallback
  /** What stands there until the part's code is loaded. Default: nothing. */
  readonly loading?: ReactNode
  readonly children?: ReactNode
}

type State = {
  readonly registry: PluginRegistry
  readonly given: unknown
  readonly part: Part
  readonly failure?: { readonly error: unknown } | undefined
}

/** Keeps a part of a plugin apart from all others: its crash costs itself, its loading delays nobody. */
export class PluginBoundary extends Component<PluginBoundaryProps, State> {
  static override contextType = ScopeContext
  declare context: Scope
  override state: State

  constructor(props: PluginBoundaryProps, context: Scope) {
    super(props)
    this.state = begun(context.registry, props)
  }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failure: { error } }
  }

  static getDerivedStateFromProps(props: PluginBoundaryProps, state: State): State | null {
    const { registry, given, part } = state
    return given === props.attempt && part.plugin === props.plugin ? null : begun(registry, props)
  }

  override componentDidMount(): void {
    show(this.state.registry, this.props, this.state.part)
  }

  override componentDidUpdate(): void {
    this.componentDidMount()
  }

  override componentDidCatch(error: unknown): void {
    const { plugin, part } = this.props
    const { report } = this.context.registry
    if (!(error instanceof PluginError)) report(new PluginError(plugin, 'render', error, part))
    // Who loads and starts plugins has reported its own failures.
    else if (error.phase === 'service') report(error)
  }

  readonly #retry = () =>
    this.setState({ part: { plugin: this.props.plugin, attempt: {} }, failure: undefined })

  override render(): ReactNode {
    const { plugin, part, children, loading, fallback = this.context.fallback } = this.props
    const { failure } = this.state
    if (failure) return failed(fallback, { ...failure, plugin, part, retry: this.#retry })
    return (
      <PartContext.Provider value={this.state.part}>
        <Suspense fallback={loading}>{children}</Suspense>
      </PartContext.Provider>
    )
  }
}

function begun(registry: PluginRegistry, props: PluginBoundaryProps): State {
  return { registry, given: props.attempt, part: begin(registry, props), failure: undefined }
}
