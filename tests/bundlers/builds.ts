import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '../../npm/vite-plugin/src/report/report.js'
import type { BundlerOptions } from '../../npm/vite-plugin/src/steps/options.js'
import { erp } from '../build/erp.js'
import { link, type Workspace } from '../build/workspace.js'

export const BUNDLERS = ['rolldown', 'rollup', 'rspack', 'webpack'] as const

export type Bundler = (typeof BUNDLERS)[number]

/** What a bundler of any kind made, and said. */
export interface Built {
  dist: string
  /** The files that the page starts with. */
  first: string[]
  files: string[]
  warnings: string[]
  errors: string[]
}

// biome-ignore lint/suspicious/noExplicitAny: each bundler has a type of its own for it
type Config = any

/** A copy of the demo, with what the configurations for the bundlers need installed. */
export function demo(): Workspace {
  const app = erp()
  for (const name of ['swc-loader', 'css-loader', '@swc/core'])
    link(app.root, name, join(import.meta.dirname, '../../node_modules', name))
  return app
}

/** The configuration of a bundler as it stands beside this file, with options for our plugin. */
export async function configuration(bundler: Bundler, options?: BundlerOptions): Promise<Config> {
  const { default: config } = await import(`./${bundler}.config.js`)
  const { frameworkMPlugin } = await import(`../../npm/vite-plugin/dist/${bundler}.js`)
  const [, ...others] = config.plugins
  return { ...config, plugins: [frameworkMPlugin(options), ...others] }
}

/** Builds an app as a person does: in the shell's folder. */
export async function build(
  bundler: Bundler,
  { shell }: Pick<Workspace, 'shell'>,
  options?: BundlerOptions,
  change: (config: Config) => Config = (config) => config,
): Promise<Built> {
  process.chdir(shell)
  process.env.NODE_ENV = 'production'
  const config = change(await configuration(bundler, options))
  const dist = join(shell, 'dist')
  return bundler === 'rolldown' || bundler === 'rollup'
    ? withHooks(bundler, config, dist)
    : withCompiler(bundler, config, dist)
}

async function withHooks(bundler: 'rolldown' | 'rollup', config: Config, dist: string): Promise<Built> {
  const built: Built = { dist, first: [], files: [], warnings: [], errors: [] }
  const onLog = (level: string, { message }: { message: string }) =>
    void (level === 'warn' && built.warnings.push(message))
  const module: Config = await import(bundler)
  try {
    const bundle = await module[bundler]({ ...config, onLog })
    const { output } = await bundle.write(config.output)
    await bundle.close()
    for (const { fileName, isEntry } of output) {
      built.files.push(fileName)
      if (isEntry) built.first.push(fileName)
    }
  } catch (error) {
    built.errors.push((error as Error).message)
  }
  return built
}

async function withCompiler(bundler: 'rspack' | 'webpack', config: Config, dist: string): Promise<Built> {
  const compiler = await compilerOf(bundler, config)
  const stats = await new Promise<Config>((resolve, reject) =>
    compiler.run((error: Error | null, result: Config) => (error ? reject(error) : resolve(result))),
  )
  const json = stats.toJson({ all: false, errors: true, warnings: true, entrypoints: true })
  const files = stats.compilation.getAssets().map(({ name }: { name: string }) => name)
  await new Promise((resolve) => compiler.close(resolve))
  return {
    dist,
    first: json.entrypoints.main?.assets?.map(({ name }: { name: string }) => name) ?? [],
    files,
    warnings: json.warnings.map(({ message }: { message: string }) => message),
    errors: json.errors.map(({ message }: { message: string }) => message),
  }
}

/** A compiler of webpack or Rspack. */
export async function compilerOf(bundler: 'rspack' | 'webpack', config: Config): Promise<Config> {
  const module: Config = await import(bundler === 'rspack' ? '@rspack/core' : bundler)
  return (module.rspack ?? module.default)({ ...config, infrastructureLogging: { level: 'error' } })
}

/** Puts the page beside the files that it starts with: making it is the work of other plugins. */
export function writePage({ dist, first }: Built, { shell }: Pick<Workspace, 'shell'>): void {
  const tags = first.map((file) =>
    file.endsWith('.css')
      ? `<link rel="stylesheet" href="/${file}">`
      : `<script type="module" src="/${file}"></script>`,
  )
  const page = readFileSync(join(shell, 'index.html'), 'utf8')
  writeFileSync(join(dist, 'index.html'), page.replace(/<script.*<\/script>/, tags.join('\n')))
  writeFileSync(join(dist, 'favicon.svg'), readFileSync(join(shell, 'public/favicon.svg')))
}

export function reportOf({ dist }: Built): Report {
  return JSON.parse(readFileSync(join(dist, '.framework-m/composition.json'), 'utf8'))
}
