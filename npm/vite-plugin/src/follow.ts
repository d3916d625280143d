import type { Composed } from '@framework-m/composer'
import { normalizePath, type Plugin, type ViteDevServer } from 'vite'
import { RESOLVED_HOST, resolvedEntry } from './ids.js'
import type { Session } from './session.js'
import { Sources } from './sources.js'
import { Stamp } from './stamp.js'

/** While a dev server runs: follows the disk, and updates open pages in place. */
export function follows(session: Session): Plugin {
  let watcher: ReturnType<Session['follow']> | undefined
  let sources: Sources
  let stamp: Stamp | undefined
  const close = () => {
    watcher?.close()
    stamp?.remove()
    watcher = stamp = undefined
  }
  return {
    name: 'framework-m:follow',
    apply: 'serve',
    configureServer(server) {
      const { experimental, server: options } = server.config
      if (options.watch === null) return
      stamp = experimental?.bundledDev ? new Stamp() : undefined
      sources = new Sources(session.composed)
      session.subscribe((now, before) => {
        watchFiles(server, now, before)
        sources.adopt(now, server)
        const ids = changed(now, before)
        if (ids.length > 0) stamp?.renew()
        void update(server, ids)
      })
      const poll = options.watch?.usePolling ? (options.watch.interval ?? 100) : undefined
      watcher = session.follow(poll, stamp ? [stamp.file] : [])
      server.watcher.add(session.composed.watch.files)
    },
    async hotUpdate({ type, file, modules }) {
      const path = normalizePath(file)
      if (!watcher || modules.length === 0 || !sources.matters(type, path)) return undefined
      // Vite may hear of a change before the composer does.
      await watcher.changed([file])
      return sources.isNothing(this.environment.name, type, path, modules) ? [] : undefined
    },
    closeServer: close,
    buildEnd() {
      // Vite 7 has no `closeServer`. In bundled dev mode this is the end of each bundling.
      if (!stamp) close()
    },
  }
}

/** The generated modules that differ, the host last: whatever it leads to is there before it. */
function changed(now: Composed, before: Composed): string[] {
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
      if (module) await environment.reloadModule(module)
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
