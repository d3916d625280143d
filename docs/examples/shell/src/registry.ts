import { PluginRegistry, webStorage } from '@framework-m/plugin-sdk'

export interface User {
  readonly name: string
  readonly role: 'admin' | 'clerk' | 'guest'
  /** Permissions as `resource:action`. */
  readonly grants: readonly string[]
}

let user: User | undefined

export const registry = new PluginRegistry({
  app: { name: 'My Company', version: '1.0.0' },
  storage: webStorage(localStorage),
  permissions: (resource, action) => user?.grants.includes(`${resource}:${action}`) ?? false,
  deadlines: { initialize: 5_000 },
  onError: (error) => console.error(error.message, error.cause),
})

/** Everything that depends on the user follows: conditions, permissions, and the shell itself. */
export function signIn(next: User | undefined): void {
  user = next
  registry.setContext({ user: next })
}

registry.services.provide('shell.clock', () => ({ now: () => new Date() }))
