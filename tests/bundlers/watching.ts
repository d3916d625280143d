import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BundlerOptions } from '../../npm/vite-plugin/src/steps/options.js'
import { frameworkMPlugin, VERSIONS, type Version } from '../build/builds.js'
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
export async function watching(
  bundler: Bundler | Version,
  { shell }: Workspace,
  options?: Options,
): Promise<Watching> {
  process.chdir(shell)
  process.env.NODE_ENV = 'production'
  const state = { builds: 0, errors: '' }
  const ended = (errors: string) => {
    state.builds++
    state.errors = errors
  }
  const close = await started(bundler, shell, ended, options)
  return { errors: () => state.errors, builds: () => state.builds, close }
}

/** Those that every bundler's plugin has. */
type Options = Pick<BundlerOptions, 'codeSplitting'>

type Ended = (errors: string) => void

/** Gives what ends it. */
async function started(
  bundler: Bundler | Version,
  shell: string,
  ended: Ended,
  options?: Options,
): Promise<() => Promise<void>> {
  if (bundler === 'Vite 7' || bundler === 'Vite 8') return withVite(bundler, shell, ended, options)
  const config = forShop(await configuration(bundler, options))
  return bundler === 'rolldown' || bundler === 'rollup'
    ? withHooks(bundler, config, ended)
    : withCompiler(bundler, config, ended)
}

async function withVite(version: Version, root: string, ended: Ended, options?: Options) {
  const output = { entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/[name].js' }
  const bundling = { input: 'src/main.js', output }
  const build = { watch: {}, rolldownOptions: bundling, rollupOptions: bundling, minify: false }
  const watcher = (await VERSIONS[version].build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [frameworkMPlugin(options)],
    build: build as Config,
  })) as Config
  hears(watcher, ended)
  return () => watcher.close()
}

async function withHooks(bundler: 'rolldown' | 'rollup', config: Config, ended: Ended) {
  const names = { entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/[name].js' }
  const module: Config = await import(bundler)
  const watcher = module.watch({
    ...config,
    output: { ...config.output, ...names },
    onLog() {},
  })
  hears(watcher, ended)
  return () => watcher.close()
}

function hears(watcher: Config, ended: Ended): void {
  watcher.on('event', (event: Config) => {
    if (event.code === 'BUNDLE_END') ended('')
    if (event.code === 'ERROR') ended(event.error.message)
    event.result?.close()
  })
}

async function withCompiler(bundler: 'rspack' | 'webpack', config: Config, ended: Ended) {
  const names = { filename: 'assets/[name].js', chunkFilename: 'assets/[name].js' }
  // In this mode modules are kept from build to build.
  const development = { ...config, mode: 'development', devtool: false }
  const compiler = await compilerOf(bundler, { ...development, output: { ...config.output, ...names } })
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
