/** What a plugin was doing. */
export type PluginPhase =
  | 'load'
  | 'initialize'
  | 'activate'
  | 'deactivate'
  | 'uninstall'
  | 'service'
  | 'condition'
  | 'event'
  | 'settings'
  | 'override'
  | 'render'

/** A failure of a plugin's own code: which plugin, what it was doing, and in `cause` what went wrong. */
export class PluginError extends Error {
  override readonly name = 'PluginError'

  constructor(
    readonly plugin: string,
    readonly phase: PluginPhase,
    cause: unknown,
  ) {
    super(`${plugin} failed in ${phase}: ${messageOf(cause)}`, { cause })
  }
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
