import type { ComposedPlugin } from './composed.js'
import type { Instance } from './instance.js'

/** Whether two are one plugin, registered twice. */
export function isSame(known: Instance, { source, plugin }: Instance): boolean {
  return known.source === source || (plugin.version !== undefined && known.plugin.version === plugin.version)
}

/** Whether one plugin can go on where another is: nothing that runs is another. */
export function hasSameCode(old: ComposedPlugin, plugin: ComposedPlugin): boolean {
  const [before, after] = [old.services ?? {}, plugin.services ?? {}]
  return (
    old.load === plugin.load &&
    old.activation === plugin.activation &&
    Object.keys({ ...before, ...after }).every((name) => before[name] === after[name])
  )
}
