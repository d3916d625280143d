import { memo, type ReactNode } from 'react'
import type { ExtensionNode } from '../composed.js'
import type { ExtensionPointId, ExtensionProps } from '../names.js'
import { PluginBoundary } from './boundary.js'
import type { Fallback } from './failure.js'
import { useExtensions } from './hooks.js'
import { useLazyComponent } from './lazy-component.js'

type Values = Readonly<Record<string, unknown>>

/** The values that a point hands over: required where its plugin says what they are, anything where it does not. */
type ContextOf<Id> =
  Record<never, never> extends ExtensionProps<Id>
    ? { readonly context?: ExtensionProps<Id> & Values }
    : { readonly context: ExtensionProps<Id> }

export type ExtensionPointProps<Id extends ExtensionPointId = ExtensionPointId> = {
  readonly id: Id
  /** What stands in the place of an extension that has failed. Default: what the `<PluginProvider>` says. */
  readonly fallback?: Fallback
  /** What stands in the place of an extension that is being loaded. Default: nothing. */
  readonly loading?: ReactNode
  /** What stands there while nothing fills the point. Default: nothing. */
  readonly children?: ReactNode
} & ContextOf<Id>

/**
 * A place that plugins fill. Each value of `context` is a prop of every component there, and a name for their conditions
 * besides those of the `<PluginProvider>`. Each extension stands alone: one that crashes or is slow costs itself.
 */
export function ExtensionPoint<const Id extends ExtensionPointId>(props: ExtensionPointProps<Id>): ReactNode {
  const { id, fallback, loading, children } = props
  const context = props.context as Values | undefined
  const extensions = useExtensions(id, context)
  if (!extensions.length) return children
  return extensions.map((extension) => (
    <Filled key={`${extension.plugin}#${extension.id}`} {...{ extension, context, fallback, loading }} />
  ))
}

type FilledProps = {
  readonly extension: ExtensionNode
  readonly context: Values | undefined
  readonly fallback: Fallback
  readonly loading: ReactNode
}

const Filled = memo(function Filled({ extension, context, fallback, loading }: FilledProps) {
  const { plugin, id, component } = extension
  return (
    <PluginBoundary attempt={component} part={id} {...{ plugin, fallback, loading }}>
      <Content load={component} context={context} />
    </PluginBoundary>
  )
}, isEqual)

function Content({ load, context }: { load: ExtensionNode['component']; context: Values | undefined }) {
  const Extension = useLazyComponent(load)
  return <Extension {...context} />
}

/** Whether an extension would be rendered with what it has already. */
function isEqual(
  { context: a = {}, ...before }: FilledProps,
  { context: b = {}, ...after }: FilledProps,
): boolean {
  return hasSame(before, after) && hasSame(a, b)
}

function hasSame(a: Values, b: Values): boolean {
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && Object.is(a[key], b[key]))
  )
}
