/** What a process has the kernel watch. */
import { readdirSync, readFileSync } from 'node:fs'

/** How many inotify watches this process holds: what `max_user_watches` limits. Linux only; elsewhere NaN. */
export function inotifyWatches() {
  if (process.platform !== 'linux') return Number.NaN
  let watches = 0
  for (const descriptor of readdirSync('/proc/self/fdinfo'))
    try {
      watches += readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8').match(/^inotify wd:/gm)?.length ?? 0
    } catch {
      // The descriptor with which the folder was listed is closed again.
    }
  return watches
}
