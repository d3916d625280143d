import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Workspace } from '../build/workspace.js'
import { type Bundler, compilerOf, configuration } from './builds.js'
import { forShop } from './shop.js'

/** A bundler that watches a shop. */
export interface Watching {
  /** What went wrong in the last build. */
  errors: () => string
  /** How many builds have ended. */
  builds: () => number
  close(): Promise<void>
}

// biome-ignore lint/suspicious/noExplicitAny: each bundler has a type of its own for it
type Config = any

/** Starts to watch in the shell's folder. Files have no hashes in their names, so that there is one for each chunk. */
export async function watching(bundler: Bundler, { shell }: Workspace): Promise<Watching> {
  process.chdir(shell)
  process.env.NODE_ENV = 'production'
  const config = forShop(await configuration(bundler))
  const state = { builds: 0, errors: '' }
  const ended = (errors: string) => {
    state.builds++
    state.errors = errors
  }
  const start = bundler === 'rolldown' || bundler === 'rollup' ? withHooks : withCompiler
  const close = await start(bundler as never, config, ended)
  return { errors: () => state.errors, builds: () => state.builds, close }
}

type Ended = (errors: string) => void

async function withHooks(bundler: 'rolldown' | 'rollup', config: Config, ended: Ended) {
  const names = { entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/[name].js' }
  const module: Config = await import(bundler)
  const watcher = module.watch({
    ...config,
    output: { ...config.output, ...names },
    onLog() {},
  })
  watcher.on('event', (event: Config) => {
    if (event.code === 'BUNDLE_END') ended('')
    if (event.code === 'ERROR') ended(event.error.message)
    event.result?.close()
  })
  return () => watcher.close()
}

async function withCompiler(bundler: 'rspack' | 'webpack', config: Config, ended: Ended) {
  const names = { filename: 'assets/[name].js', chunkFilename: 'assets/[name].js' }
  const compiler = await compilerOf(bundler, { ...config, output: { ...config.output, ...names } })
  compiler.watch({}, (error: Error | null, stats: Config) => {
    const errors = stats?.toJson({ all: false, errors: true }).errors ?? []
    ended(String(error ?? errors.map(({ message }: Error) => message).join('\n')))
  })
  return () => new Promise<void>((resolve) => compiler.close(() => resolve()))
}

/** A chunk as it stands on the disk; nothing where there is none. */
export function chunk({ shell }: Workspace, name: string): string {
  const file = join(shell, 'dist/assets', `${name}.js`)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
