/** Plugins and registries for tests. */
import { vi } from 'vitest'
import type { ComposedPlugin, PluginRegistryOptions } from '../../npm/plugin-sdk/src/core.js'
import { memoryStorage, PluginRegistry } from '../../npm/plugin-sdk/src/core.js'

export const silent = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }

/** A registry, and the failures that it reports. */
export function shell(options: PluginRegistryOptions = {}) {
  const failures: string[] = []
  const registry = new PluginRegistry({
    logger: silent,
    storage: memoryStorage(),
    onError: (error) => failures.push(error.message),
    ...options,
  })
  return { registry, failures }
}

/** A plugin as the composer gives it: its code is counted when it is loaded. */
export function lazy(name: string, hooks: object = {}, data: Partial<ComposedPlugin> = {}) {
  const load = vi.fn(async () => ({ default: hooks }))
  const plugin: ComposedPlugin = {
    name,
    version: '1.0.0',
    load,
    menu: [{ name: `${name}.item`, label: name, plugin: name }],
    ...data,
  }
  return Object.assign(plugin, { load: data.load ?? load }) as ComposedPlugin & { load: typeof load }
}

export const eager = (name: string, hooks: object = {}, data: Partial<ComposedPlugin> = {}) =>
  lazy(name, hooks, { activation: 'startup', ...data })

export const needing = (...names: string[]) => ({
  dependencies: Object.fromEntries(names.map((name) => [name, '^1.0.0'])),
})

/** A promise that its test settles. */
export function deferred<Value = void>() {
  let resolve!: (value: Value) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

export const states = (registry: PluginRegistry) =>
  Object.fromEntries(registry.list().map(({ name, state }) => [name, state]))

export const items = (registry: PluginRegistry) => registry.getMenu().map(({ name }) => name)

export const ticks = async (count = 30) => {
  for (let at = 0; at < count; at++) await Promise.resolve()
}
