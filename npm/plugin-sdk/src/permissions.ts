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

/**
 * The gate. What no plugin declares is denied, and so is what the shell's policy cannot decide.
 *
 * @param declared The permissions that the plugins declare.
 */
export function gate(
  declared: () => readonly Pick<Permission, 'resource' | 'actions'>[],
  policy: PermissionPolicy,
  report: (error: unknown) => void,
): PluginPermissions {
  const can = (resource: string, action: string) => {
    try {
      const isDeclared = declared().some((it) => it.resource === resource && it.actions.includes(action))
      return isDeclared && policy(resource, action) === true
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
