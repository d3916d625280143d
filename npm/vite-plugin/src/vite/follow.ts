import type { Composed } from '@framework-m/composer'
import type { Environment, Plugin, ViteDevServer } from 'vite'
import { RESOLVED_HOST, resolvedEntry } from '../composition/ids.js'
import { normalizePath } from '../composition/normalize-path.js'
import type { Follower, Session } from '../composition/session.js'
import { Stamp } from '../composition/stamp.js'
import { loadAnew, Sources } from './sources.js'

/** While a dev server runs: follows the disk, and updates open pages in place. */
export function follows(session: Session): Plugin {
  // A server that restarts with the same plugins is created anew before it is closed.
  const followings = new Map<Environment, Following>()
  const close = (environment: Environment) => {
    session.unsubscribe(environment)
    followings.get(environment)?.follower.close()
    followings.get(environment)?.stamp?.remove()
    followings.delete(environment)
    if (followings.size === 0) session.release()
  }
  return {
    name: 'framework-m:follow',
    apply: 'serve',
    configureServer(server) {
      const { watch } = server.config.server
      const { client } = server.environments
      if (watch === null) return
      const report = (error: Error) => server.config.logger.error(error.message, { error, timestamp: true })
      const sources = new Sources(session.composed)
      const stamp = server.config.experimental?.bundledDev ? new Stamp() : undefined
      session.subscribe(client, (now, before) => {
        watchFiles(server, now, before)
        sources.adopt(now, server)
        const ids = changed(now, before)
        if (ids.length > 0) stamp?.renew()
        update(server, ids).catch(report)
      })
      server.watcher.add(session.composed.watch.files)
      const poll = watch?.usePolling ? (watch.interval ?? 100) : undefined
      const follower = session.follow({ poll, triggers: stamp ? [stamp.file] : [], report })
      followings.set(client, { follower, sources, stamp })
    },
    async hotUpdate({ type, file, modules, server }) {
      const following = followings.get(server.environments.client)
      const path = normalizePath(file)
      if (modules.length === 0 || !following?.sources.matters(type, path)) return undefined
      // Vite may hear of a change before the composer does.
      await following.follower.changed([file])
      const concerned = following.sources.concerned(this.environment.name, type, path, modules)
      if (concerned.length === modules.length) return undefined
      const others = modules.filter((module) => !concerned.includes(module))
      if (type === 'delete') loadAnew(this.environment.moduleGraph, others)
      return concerned
    },
    buildEnd() {
      // In bundled dev mode this is the end of each bundling.
      if (!followings.get(this.environment)?.stamp) close(this.environment)
    },
    closeServer() {
      // It is not said which server ends; of two, the older one does.
      for (const [environment, { stamp }] of [...followings].slice(0, 1)) if (stamp) close(environment)
    },
  }
}

interface Following {
  follower: Follower
  sources: Sources
  /** In bundled dev mode. */
  stamp: Stamp | undefined
}

/** The generated modules that differ, the host last: whatever it leads to is there before it. */
export function changed(now: Composed, before: Composed): string[] {
  const texts = new Map(before.entries.map((entry) => [resolvedEntry(entry), entry.code]))
  const entries = now.entries.filter(
    (entry) => (texts.get(resolvedEntry(entry)) ?? entry.code) !== entry.code,
  )
  return [...entries.map(resolvedEntry), ...(now.module === before.module ? [] : [RESOLVED_HOST])]
}

/** Modules that nobody has asked for yet are in no graph, and need no update. */
async function update(server: ViteDevServer, ids: string[]): Promise<void> {
  for (const environment of Object.values(server.environments))
    for (const id of ids) {
      const module = environment.moduleGraph.getModuleById(id)
      if (!module) continue
      // Without updates there are still pages that are loaded, and servers that render.
      if (server.config.server.hmr === false) environment.moduleGraph.invalidateModule(module)
      else await environment.reloadModule(module)
    }
}

/**
 * Vite's own watcher is shown the files, for plugins that listen to it and for servers that poll. It is not shown folders:
 * it would walk all that is in them. What appears, and what goes, is heard by the composer.
 */
function watchFiles({ watcher, environments }: ViteDevServer, now: Composed, before: Composed): void {
  const [files, known] = [new Set(now.watch.files), new Set(before.watch.files)]
  const isUsed = (file: string) =>
    Object.values(environments).some(({ moduleGraph }) => moduleGraph.getModulesByFile(normalizePath(file)))
  watcher.add([...files].filter((file) => !known.has(file)))
  watcher.unwatch([...known].filter((file) => !files.has(file) && !isUsed(file)))
}
