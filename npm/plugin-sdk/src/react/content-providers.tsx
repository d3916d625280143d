import type { ReactNode } from 'react'
import type { ProviderNode } from '../composed.js'
import { PluginBoundary } from './boundary.js'
import { useLazyComponent } from './lazy-component.js'
import { useSnapshot } from './scope.js'

export interface ContentProvidersProps {
  /** What stands there until all providers are loaded. Default: nothing. */
  readonly loading?: ReactNode
  readonly children?: ReactNode
}

/**
 * The plugins' `providers` around the shell's content, the first one outermost. It belongs around the content and not around
 * the whole shell, which is there while they are loaded. One that fails is left out.
 */
export function ContentProviders({ loading, children }: ContentProvidersProps): ReactNode {
  const providers = useSnapshot((registry) => registry.getProviders())
  return <Nested {...{ providers, loading }}>{children}</Nested>
}

type NestedProps = ContentProvidersProps & { readonly providers: readonly ProviderNode[] }

function Nested({ providers: [outermost, ...inner], loading, children }: NestedProps) {
  if (!outermost) return children
  const { plugin, component } = outermost
  const content = (
    <Nested providers={inner} {...{ loading }}>
      {children}
    </Nested>
  )
  return (
    <PluginBoundary part="providers" attempt={component} fallback={content} {...{ plugin, loading }}>
      <Wrapped load={component}>{content}</Wrapped>
    </PluginBoundary>
  )
}

function Wrapped({ load, children }: { load: ProviderNode['component']; children: ReactNode }) {
  const Provider = useLazyComponent(load)
  return <Provider>{children}</Provider>
}
