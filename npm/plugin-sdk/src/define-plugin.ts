import type { FrameworkMPlugin } from './plugin.js'
import type { ServiceFactories } from './service.js'

/**
 * Returns the plugin that it is given. It is there for the editor: it completes and checks each field, and keeps
 * the type that each service factory returns.
 */
export function definePlugin<const Services extends ServiceFactories = ServiceFactories>(
  plugin: FrameworkMPlugin<Services>,
): FrameworkMPlugin<Services> {
  return plugin
}
