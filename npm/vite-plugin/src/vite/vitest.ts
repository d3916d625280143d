import type { Environment, Plugin, ResolvedConfig, UserConfig } from 'vite'
import { RESOLVED } from '../composition/ids.js'
import { SDK } from '../composition/sdk.js'
import type { Follower, Session } from '../composition/session.js'
import { changed } from './follow.js'

/** What is used of what Vitest gives plugins. Source: `configureVitest` in Vitest's documentation of its plugin API. */
interface Testing {
  vitest: {
    config: { watch: boolean }
    /** What has those tests run again that have imported a module: under its name in Vitest 4, and in Vitest 3. */
    watcher: { onFileChange?(id: string): void; onChange?(id: string): void }
    vite: { config: ResolvedConfig }
  }
  project: { vite: { config: ResolvedConfig } }
}

interface PluginInVitest extends Plugin {
  configureVitest(testing: Testing): void
}

/** What a user of Vitest may add to Vite's configuration, as far as it is read here. */
interface Tests {
  test?: { server?: { deps?: { inline?: true | unknown[] } } }
}

/** Whether the server is one of Vitest's: what it serves are tests, and no pages. */
export function isVitest({ plugins }: ResolvedConfig): boolean {
  return plugins.some(({ name }) => /^vitest(:|$)/.test(name))
}

/**
 * A shell's tests find the composition as a build has it, and run again when it changes.
 *
 * The SDK and installed plugins go through Vite as the shell does. If Node loaded them, they would get React Router by other
 * conditions of its `exports` than the shell, and so another copy.
 */
export function standsTests(session: Session): Plugin {
  let follower: Follower | undefined
  const loaded = new WeakMap<Environment, Set<string>>()
  const step: PluginInVitest = {
    name: 'framework-m:vitest',
    apply: (_, { command, isPreview }) => command === 'serve' && !isPreview,
    enforce: 'pre',
    config({ test }: UserConfig & Tests) {
      // Which plugins there are, Vite says later; to configurations Vitest says by this that it reads them.
      if (!process.env.VITEST || test?.server?.deps?.inline === true) return undefined
      const packages = session.composed.composition.plugins.flatMap((plugin) => plugin.package ?? [])
      return { test: { server: { deps: { inline: [SDK, ...packages] } } } } as UserConfig
    },
    configureVitest({ vitest, project }) {
      if (!vitest.config.watch) return
      session.subscribe(step, (now, before) => {
        const { watcher } = vitest
        for (const id of changed(now, before)) (watcher.onFileChange ?? watcher.onChange)?.(id)
      })
      // One watcher serves all projects of a workspace; their own servers have none.
      const { config } = project.vite
      if (config.server.watch !== null) return
      const { watch } = vitest.vite.config.server
      const poll = watch?.usePolling ? (watch.interval ?? 100) : undefined
      const report = (error: Error) => config.logger.error(error.message, { error, timestamp: true })
      follower ??= session.follow({ poll, triggers: [], report })
    },
    load: {
      filter: { id: RESOLVED },
      handler(id) {
        const { environment } = this
        const known = loaded.get(environment) ?? new Set()
        // In Vitest's browser mode pages have a server of their own, which nobody tells of anything but what to load anew.
        if (known.has(id) && environment.getTopLevelConfig().server.watch === null) session.recompose()
        loaded.set(environment, known.add(id))
      },
    },
    buildEnd() {
      session.unsubscribe(step)
      follower?.close()
      follower = undefined
    },
  }
  return step
}
