/** A command that stays, and follows the composition until somebody ends it. */
import type { Composed, Composer, Watcher } from '../index.js'
import { printError } from './report.js'

/** What is asked of a composer. */
export interface Followed extends Pick<Composer, 'compose'> {
  watch(callback: (composed: Composed) => void): Pick<Watcher, 'close'>
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Calls back with the composition, and with each that follows, until a signal comes; then returns the exit code. A later
 * update that fails is reported: the next one may not.
 */
export async function watching(composer: Followed, update: (composed: Composed) => void): Promise<number> {
  // Before the first composition, so that no edit falls in between.
  const watcher = composer.watch((composed) => {
    try {
      update(composed)
    } catch (error) {
      printError(error)
    }
  })
  try {
    update(composer.compose())
    await signal()
    return 0
  } finally {
    watcher.close()
  }
}

function signal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const name of SIGNALS) process.off(name, stop)
      resolve()
    }
    for (const name of SIGNALS) process.on(name, stop)
  })
}
