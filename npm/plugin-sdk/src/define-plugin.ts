import type { PropsOfPoints } from './extension.js'
import type { FrameworkMPlugin } from './plugin.js'
import type { ServiceFactories } from './service.js'

/**
 * Returns the plugin that it is given. It is there for the editor: it completes and checks each field, and keeps
 * the type that each service factory returns, and the props that each extension point hands over.
 */
export function definePlugin<
  const Services extends ServiceFactories = ServiceFactories,
  const Props extends PropsOfPoints = readonly [],
>(plugin: FrameworkMPlugin<Services, Props>): FrameworkMPlugin<Services, Props> {
  return plugin
}
