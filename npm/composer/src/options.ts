/** From the options of a command line to those of the composer. */
import { type Environment, environment } from './environment.js'
import type { Invocation } from './invocation.js'
import { isColoured } from './paint.js'

export interface Location {
  root?: string
  shell?: string
  metadataKey?: string
  env?: Environment
  frames: 'plain' | 'ansi' | 'none'
}

/** Frames are drawn for people only, and in colours where `output`, which they go to, is a terminal. */
export function locate(
  { options }: Invocation,
  forMachines = Boolean(options.json),
  output: NodeJS.WriteStream = process.stdout,
): Location {
  return {
    ...(options.root !== undefined && { root: options.root }),
    ...(options.shell !== undefined && { shell: options.shell }),
    ...(options['metadata-key'] !== undefined && { metadataKey: options['metadata-key'] }),
    ...(options.env !== undefined && { env: environment(options.env) }),
    frames: forMachines ? 'none' : isColoured(output) ? 'ansi' : 'plain',
  }
}
