import type { PluginLogger } from './context.js'

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

/** A function that tells a shell of failures, and survives what the shell does about them. */
export function reporter(onError: (error: PluginError) => void, logger: PluginLogger): typeof onError {
  return (error) => {
    try {
      onError(error)
    } catch (failure) {
      logger.error(failure)
    }
  }
}

/** What an error says, whatever was thrown: some objects cannot even be made a text. */
export function messageOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error)
  } catch {
    return `it threw ${typeof error === 'object' ? 'an object' : `a ${typeof error}`} without a text`
  }
}
