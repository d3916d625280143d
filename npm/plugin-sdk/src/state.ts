/**
 * The life of a plugin, as one table.
 *
 * - `registered`: known, nothing in its way; its code is loaded on first use, or is about to be started
 * - `initializing`: its code is being loaded, or `initialize` or `activate` runs
 * - `active`: switched on
 * - `disabled`: switched off by somebody
 * - `blocked`: something that it depends on is not there; it goes on by itself when that arrives
 * - `error`: its code, `initialize` or `activate` failed
 */
export type PluginState = 'registered' | 'initializing' | 'active' | 'disabled' | 'blocked' | 'error'

/** What can happen to a plugin. */
export type PluginEvent = 'start' | 'succeed' | 'fail' | 'block' | 'unblock' | 'disable' | 'enable' | 'reset'

/** Where somebody who switches a plugin off, and a dependency that goes, lead from most states. */
const away = { block: 'blocked', disable: 'disabled' } as const

/** Where each event leads from each state. An event that a state does not list changes nothing in it. */
export const transitions: Readonly<Record<PluginState, Readonly<Partial<Record<PluginEvent, PluginState>>>>> =
  {
    registered: { ...away, start: 'initializing' },
    initializing: { ...away, succeed: 'active', fail: 'error', reset: 'registered' },
    active: { ...away, reset: 'registered' },
    disabled: { enable: 'registered' },
    blocked: { unblock: 'registered', disable: 'disabled' },
    error: { ...away, start: 'initializing', enable: 'registered', reset: 'registered' },
  }

/** The state after an event. */
export function transition(state: PluginState, event: PluginEvent): PluginState {
  return transitions[state][event] ?? state
}
