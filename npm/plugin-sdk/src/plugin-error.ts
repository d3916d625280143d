/** What a plugin was doing. */
export type PluginPhase =
  | 'register'
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
    /** The part that it is about, where that is not the plugin itself: the id of an extension, the path of a page. */
    readonly part?: string,
  ) {
    super(`${plugin} failed in ${phase}${part === undefined ? '' : ` of ${part}`}: ${messageOf(cause)}`, {
      cause,
    })
  }
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
