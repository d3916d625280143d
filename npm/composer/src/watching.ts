/** A command that stays, and follows the composition until somebody ends it. */
import type { Composed } from '../index.js'
import { printError } from './report.js'

export interface Watcher {
  close(): void
}

export interface Watchable {
  /** Calls back with each composition that differs from the one before. The process lives until the watcher is closed. */
  watch(callback: (composed: Composed) => void): Watcher
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Calls back until a signal comes, and then returns the exit code. An update that fails is reported: the next may not. */
export function watching(composer: Watchable, update: (composed: Composed) => void): Promise<number> {
  return new Promise((resolve) => {
    const watcher = composer.watch((composed) => {
      try {
        update(composed)
      } catch (error) {
        printError(error)
      }
    })
    const stop = () => {
      for (const signal of SIGNALS) process.off(signal, stop)
      watcher.close()
      resolve(0)
    }
    for (const signal of SIGNALS) process.on(signal, stop)
  })
}
