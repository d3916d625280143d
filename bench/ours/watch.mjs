/** `composer.watch()`, until it has watched everything and dealt with what changed meanwhile. */
import { Composer } from '@framework-m/composer'
import { inotifyWatches } from '../inotify.mjs'

export const once = true
let composer
let resting

export function before({ root, shell }) {
  composer = new Composer({ root, shell })
  composer.compose()
  resting = process.memoryUsage.rss()
}

export async function run() {
  const start = performance.now()
  const watcher = composer.watch(() => {})
  const returns = performance.now() - start
  // Answered after the 25 ms in which a burst has to be quiet.
  await watcher.changed([])
  return { watcher, returns, rss: process.memoryUsage.rss() - resting }
}

export const measures = ({ returns, rss }) => ({ returns, rss, watches: inotifyWatches() })

export const close = ({ watcher }) => watcher.close()
