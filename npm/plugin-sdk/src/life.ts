import { within } from './deadline.js'
import type { Attempt, Deadlines, Instance } from './instance.js'
import type { FrameworkMPlugin } from './plugin.js'
import { pluginContext } from './plugin-context.js'
import { PluginError, type PluginPhase } from './plugin-error.js'
import { clearStorage } from './plugin-storage.js'
import { asFactory } from './service-container.js'

/*
 * What runs plugins. A shell shows them without it: this module is loaded while the shell is drawn, and waited for by the
 * first plugin that is used.
 */

/** Takes a plugin through the steps of its life until it is active. Throws a `PluginError` that names the step. */
export async function switchOn(instance: Instance, attempt: Attempt): Promise<void> {
  let phase: PluginPhase = 'load'
  const { signal } = attempt.controller
  const { deadlines } = instance.host
  const step = <Value>(next: keyof Deadlines, work: () => Value, time = deadlines[next]) => {
    phase = next
    return within(time, work, signal)
  }
  try {
    await step('load', () => dependencies(instance), Infinity)
    const config = await step('load', () => load(instance))
    const context = pluginContext(instance, attempt)
    if (!instance.initialized) await step('initialize', () => config.initialize?.(context))
    instance.initialized = true
    await step('activate', () => config.activate?.(context))
    signal.throwIfAborted()
    attempt.stop = async () => {
      await lastStep(instance, 'deactivate', () =>
        (config.deactivate ?? config.destroy)?.call(config, context),
      )
      attempt.stop = undefined
    }
  } catch (error) {
    throw new PluginError(instance.name, phase, error)
  }
}

/** Calls a plugin's `uninstall`, and clears what it has stored. */
export async function uninstall(instance: Instance): Promise<void> {
  const controller = new AbortController()
  await lastStep(instance, 'uninstall', async () => {
    const config = await load(instance)
    await config.uninstall?.(pluginContext(instance, { controller }))
  })
  controller.abort()
  await clearStorage(instance.host.storage, instance.name)
}

/** Calls a last step of a plugin. Its failure is reported, and stops nothing. */
async function lastStep(
  instance: Instance,
  phase: 'deactivate' | 'uninstall',
  work: () => unknown,
): Promise<void> {
  const { host, name } = instance
  try {
    await within(host.deadlines.deactivate, work)
  } catch (cause) {
    const error = new PluginError(name, phase, cause)
    if (instance.state === 'disabled') instance.error = error
    host.report(error)
    host.changed()
  }
}

async function dependencies(instance: Instance): Promise<void> {
  await instance.stopped
  await instance.ready
  for (const needed of instance.host.needs(instance)) {
    await needed.done
    const { name, state, error: cause } = needed
    if (state !== 'active' && Object.hasOwn(instance.plugin.dependencies ?? {}, name))
      throw new Error(`${name}, which it needs, is in state "${state}"`, { cause })
  }
}

/** The plugin's configuration with its code: loaded once for all who ask, and again after a failure. */
function load(instance: Instance): Promise<FrameworkMPlugin> {
  instance.code ??= read(instance)
  const { code } = instance
  code.catch(() => {
    if (instance.code === code) instance.code = undefined
  })
  return code
}

async function read(instance: Instance): Promise<FrameworkMPlugin> {
  const { plugin } = instance
  const config = (await plugin.load())?.default
  if (typeof config !== 'object' || config === null)
    throw new TypeError('its module has no configuration as its default export')
  const services = Object.entries(plugin.services ?? {})
  const factories = services.map(async ([name, make]) => [name, asFactory(name, await make())] as const)
  const loaded = new Map(await Promise.all(factories))
  if (plugin.load === instance.plugin.load) instance.factories = loaded
  return config
}
