/** chokidar, as Vite and most tools use it: `watch(root, { ignored, ignoreInitial: true })` until `ready`. It does not enter `node_modules`. */
import { watch } from 'chokidar'
import { inotifyWatches } from '../../inotify.mjs'

export const label = 'chokidar, the whole tree'
export const once = true
let resting

export function before() {
  resting = process.memoryUsage.rss()
}

export async function run({ root }) {
  const watcher = watch(root, { ignored: (path) => path.includes('/node_modules'), ignoreInitial: true })
  await new Promise((resolve, reject) => watcher.once('ready', resolve).once('error', reject))
  return { watcher, rss: process.memoryUsage.rss() - resting }
}

export const measures = ({ rss }) => ({ rss, watches: inotifyWatches() })

export const close = ({ watcher }) => watcher.close()
