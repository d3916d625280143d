import type { PluginPermissions } from './context.js'
import type { Permission } from './permission.js'

/** The user was refused something. */
export class PermissionError extends Error {
  override readonly name = 'PermissionError'

  constructor(
    readonly resource: string,
    readonly action: string,
  ) {
    super(`Permission denied: ${resource}:${action}`)
  }
}

/** Whether the current user may do `action` on `resource`. */
export type PermissionPolicy = (resource: string, action: string) => boolean

/** What may be asked: the actions of each resource. */
export type Declared = ReadonlyMap<string, ReadonlySet<string>>

export function declaredBy(permissions: readonly Pick<Permission, 'resource' | 'actions'>[]): Declared {
  const declared = new Map<string, Set<string>>()
  for (const { resource, actions = [] } of permissions) {
    const known = declared.get(resource) ?? new Set()
    declared.set(resource, known)
    for (const action of actions) known.add(action)
  }
  return declared
}

/**
 * The gate. What no plugin declares is denied, and so is what the shell's policy cannot decide.
 *
 * @param declared The permissions that the plugins declare.
 */
export function gate(
  declared: () => Declared,
  policy: PermissionPolicy,
  report: (error: unknown) => void,
): PluginPermissions {
  const can = (resource: string, action: string) => {
    try {
      return declared().get(resource)?.has(action) === true && policy(resource, action) === true
    } catch (error) {
      report(error)
      return false
    }
  }
  return {
    can,
    require(resource, action) {
      if (!can(resource, action)) throw new PermissionError(resource, action)
    },
  }
}
