import type { ComponentReference, LazyComponent } from './component.js'
import type { ComposedPlugin, Plugin, WrittenPlugin } from './composed.js'

/** A plugin in the form of the composer, whichever way it came. */
export function composed(plugin: Plugin): ComposedPlugin {
  if (typeof plugin?.name !== 'string' || !plugin.name)
    throw new TypeError('A plugin that is registered needs a name.')
  return 'load' in plugin ? (plugin as ComposedPlugin) : fromWritten(plugin as WrittenPlugin)
}

/** Written by hand, the code is here already: the plugin starts at once unless it asks to wait for its first use. */
function fromWritten(plugin: WrittenPlugin): ComposedPlugin {
  const { name = '', activation, services = {} } = plugin
  const own = (part: object) => {
    const { conditions, when = conditions, component, ...others } = part as Record<string, unknown>
    return {
      ...others,
      ...(when !== undefined && { when: typeof when === 'function' ? async () => when : when }),
      ...(component !== undefined && { component: loader(name, component as ComponentReference) }),
      plugin: name,
    }
  }
  const route = (part: object): unknown => {
    const { children } = part as { children?: readonly object[] }
    return { ...own(part), ...(children && { children: children.map(route) }) }
  }
  const made: Record<string, unknown> = {
    ...plugin,
    load: async () => ({ default: plugin }),
    modules: plugin.modules?.map(own),
    menu: plugin.menu?.map(own),
    routes: plugin.routes?.map(route),
    extensionPoints: plugin.extensionPoints?.map(own),
    extensions: plugin.extensions?.map(({ extensionPointId: point, ...extension }) =>
      own({ weight: 0, point, ...extension }),
    ),
    providers: plugin.providers?.map(own),
    services: Object.fromEntries(Object.entries(services).map(([key, make]) => [key, async () => make])),
    activation: activation === 'use' ? undefined : 'startup',
  }
  return made as unknown as ComposedPlugin
}

/**
 * The function that loads a component. A component itself is given as it is. What is a function without parameters may
 * be either: a component of that kind returns what it renders, and a function that loads one returns a promise.
 */
function loader(plugin: string, component: ComponentReference): LazyComponent {
  if (typeof component === 'string')
    throw new TypeError(
      `${plugin} names a component by its file, "${component}", which only the composer can find.`,
    )
  const given = { default: component as unknown }
  const isComponent =
    typeof component !== 'function' ||
    component.length > 0 ||
    'isReactComponent' in (component.prototype ?? {})
  if (isComponent) return async () => given
  return async () => {
    let loaded: unknown
    try {
      loaded = (component as () => unknown)()
    } catch {
      return given // Called where nothing renders, a component fails at its first hook.
    }
    return loaded instanceof Promise ? loaded : given
  }
}
