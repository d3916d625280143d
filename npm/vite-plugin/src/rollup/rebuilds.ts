import type { Plugin } from 'vite'
import { Rebuilding } from '../composition/rebuilding.js'
import type { Session } from '../composition/session.js'
import { Stamp } from '../composition/stamp.js'
import type { Around } from '../steps/surroundings.js'

/** What is read of `watch` in the options of Rollup and Rolldown. */
export type WatchOption = boolean | null | undefined | { chokidar?: Polling; watcher?: Polling }

interface Polling {
  usePolling?: boolean
  /** Rollup's name. */
  interval?: number
  /** Rolldown's name. */
  pollInterval?: number
}

/** How often Rollup or Rolldown looks at the disk, in milliseconds, where it is not told of changes. */
export function pollOf(watch: WatchOption): number | undefined {
  const polling = typeof watch === 'object' ? (watch?.chokidar ?? watch?.watcher) : undefined
  return polling?.usePolling ? (polling.interval ?? polling.pollInterval ?? 100) : undefined
}

/** While a bundler with Rollup's hooks watches: has it build again whenever there is another composition. */
export function rebuilds(session: Session, around: Around): Plugin {
  let following: { rebuilding: Rebuilding; stamp: Stamp } | undefined
  const follow = (poll: number | undefined, report: (error: Error) => void) => {
    const stamp = new Stamp()
    const rebuild = () => stamp.renew()
    return { stamp, rebuilding: new Rebuilding(session, { poll, triggers: [stamp.file], rebuild, report }) }
  }
  return {
    name: 'framework-m:rebuild',
    enforce: 'pre',
    apply: 'build',
    sharedDuringBuild: true,
    buildStart() {
      if (!this.meta.watchMode) return
      const { poll, log } = around(this)
      following ??= follow(poll, (error) => log.warn(error.message))
      this.addWatchFile(following.stamp.file)
    },
    async watchChange(file) {
      // The bundler may hear of a change before the composer does.
      await following?.rebuilding.changed([file])
    },
    closeWatcher() {
      following?.rebuilding.close()
      following?.stamp.remove()
      following = undefined
    },
  }
}
