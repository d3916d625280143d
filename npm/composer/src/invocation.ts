import { didYouMean } from '../index.js'

/** What every command is given. */
export interface Invocation {
  /** The values of the options. */
  options: {
    root?: string
    shell?: string
    'metadata-key'?: string
    env?: string[]
    json?: boolean
    format?: string
    pack?: boolean
    dts?: string
    module?: string
    watch?: boolean
    dir?: string
  }
  /** What stands beside the options. */
  words: string[]
}

/** A use of the command that has no meaning: its message goes to the user, and the exit code is 2. */
export class UsageError extends Error {}

/** What to write in the place of a word that is not known. */
export function suggestion(word: string, known: string[]): string {
  return didYouMean(word, known) ?? `There are ${known.join(', ')}.`
}
