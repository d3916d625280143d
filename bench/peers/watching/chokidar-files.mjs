/** chokidar on exactly the files that count, by somebody who knows them all: `watch(files, { ignoreInitial: true })` until `ready`. It does not hear of a new package. */
import { readFileSync } from 'node:fs'
import { watch } from 'chokidar'
import { inotifyWatches } from '../../inotify.mjs'

export const label = 'chokidar, the needed files'
export const once = true
let resting
let files

export function before({ list }) {
  files = readFileSync(list, 'utf8').trimEnd().split('\n')
  resting = process.memoryUsage.rss()
}

export async function run() {
  const watcher = watch(files, { ignoreInitial: true })
  await new Promise((resolve, reject) => watcher.once('ready', resolve).once('error', reject))
  return { watcher, rss: process.memoryUsage.rss() - resting }
}

export const measures = ({ rss }) => ({ rss, watches: inotifyWatches() })

export const close = ({ watcher }) => watcher.close()
