/** From the options of a command line to those of the composer. */
import { type Invocation, UsageError } from './invocation.js'
import { isColoured } from './paint.js'

export interface Location {
  root?: string
  shell?: string
  metadataKey?: string
  frames: 'plain' | 'ansi' | 'none'
}

/** Frames are drawn for people only, and in colours on a terminal only. */
export function locate({ options }: Invocation, forMachines = Boolean(options.json)): Location {
  for (const name of ['root', 'shell', 'metadata-key'] as const) {
    if (options[name] === '') throw new UsageError(`\`--${name}\` is given nothing`)
  }
  return {
    ...(options.root !== undefined && { root: options.root }),
    ...(options.shell !== undefined && { shell: options.shell }),
    ...(options['metadata-key'] !== undefined && { metadataKey: options['metadata-key'] }),
    frames: forMachines ? 'none' : isColoured(process.stdout) ? 'ansi' : 'plain',
  }
}
