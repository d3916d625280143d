import { dirname, join, resolve } from 'node:path'
import type { Composed, ComposerOptions } from '@framework-m/composer'
import { type Plugin, type ResolvedConfig, searchForWorkspaceRoot, type UserConfig } from 'vite'
import type { Environment } from '../composition/environment.js'
import { HOST } from '../composition/ids.js'
import { normalizePath } from '../composition/normalize-path.js'
import { atRealFolders } from '../composition/real-folders.js'
import type { OpenComposer, Session } from '../composition/session.js'
import { expectedEnvironment, resolvedEnvironment } from './environment.js'
import { isHot } from './hot.js'

/** Composes, and gives Vite the settings that follow. */
export function composes(
  open: OpenComposer,
  options: ComposerOptions,
  dts: string | false,
  session: Session,
): Plugin {
  let opened = ''
  /** Whether the options were others than before: then the composition is of this moment. */
  const opens = (shell: string, config: UserConfig | ResolvedConfig, serve: boolean, env: Environment) => {
    const typesDir = dts === false ? shell : dirname(resolve(shell, dts))
    const hot = serve && isHot(config)
    const asked: ComposerOptions = { shell, ...options, env, hot, typesDir }
    const wanted = config.resolve?.preserveSymlinks ? asked : atRealFolders(asked)
    const isOther = JSON.stringify(wanted) !== opened
    if (isOther) session.open(() => open(wanted))
    opened = JSON.stringify(wanted)
    return isOther
  }
  return {
    name: 'framework-m:compose',
    enforce: 'pre',
    apply: (_, { isPreview }) => !isPreview,
    config(user, env) {
      const shell = resolve(user.root ?? '.')
      const isNew = opens(shell, user, env.command === 'serve', expectedEnvironment(user, env, shell))
      // Another build or server, by the same plugins.
      if (!isNew) session.recompose()
      const { composed } = session
      const shared = { resolve: { dedupe: composed.bundle.dedupe } }
      return env.command === 'serve' ? { ...shared, ...serving(user, shell, composed) } : shared
    },
    configResolved(config) {
      opens(config.root, config, config.command === 'serve', resolvedEnvironment(config))
    },
  }
}

/** What a dev server gains. Vite joins lists, so everything the user has stays. */
function serving(user: UserConfig, shell: string, composed: Composed): UserConfig {
  return {
    server: { fs: { allow: [searchForWorkspaceRoot(shell), composed.root] } },
    optimizeDeps: {
      entries: [...pagesOf(user), ...pluginModules(composed)],
      exclude: [HOST, ...composed.composition.plugins.flatMap((plugin) => plugin.package ?? [])],
    },
  }
}

/**
 * Where Vite itself would look for dependencies; it no longer does once `entries` is set.
 * Source: `optimizeDeps.entries` in Vite's documentation of dependency optimization.
 */
function pagesOf(user: UserConfig): string[] {
  if (user.optimizeDeps?.entries !== undefined) return []
  const input = user.build?.rolldownOptions?.input ?? user.build?.rollupOptions?.input
  if (input === undefined) return ['**/*.html']
  return typeof input === 'string' ? [literal(input)] : Object.values(input).map(literal)
}

/** Vite's scanner does not enter virtual modules, so it is shown what they would lead it to. */
function pluginModules({ root, bundle }: Composed): string[] {
  const files = bundle.plugins.flatMap((plugin) => [plugin.config, ...plugin.files])
  return files.map((file) => literal(normalizePath(join(root, file))))
}

/**
 * `entries` are globs: a folder such as `(admin)` or `[tenant]` has to stand for itself. What has no meaning where it stands
 * must not be escaped, as `+` and `@` alone: then nothing is found.
 * Source: `escapePath` of tinyglobby, which Vite takes.
 */
function literal(path: string): string {
  return path.replace(/[()[\]{}*?|]|[!+@](?=\()/g, '\\$&')
}
