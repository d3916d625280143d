import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as vite8 from 'vite'
import * as vite7 from 'vite7'
import { frameworkMPlugin } from '../../npm/vite-plugin/src/index.js'
import type { Report } from '../../npm/vite-plugin/src/report/report.js'
import type { FrameworkMOptions } from '../../npm/vite-plugin/src/steps/options.js'
import type { Workspace } from './workspace.js'

export { frameworkMPlugin }

type Vite = typeof vite8

/** Both major versions under one type: what the tests call is the same in both. */
export const VERSIONS = { 'Vite 8': vite8, 'Vite 7': vite7 as unknown as Vite }

export type Version = keyof typeof VERSIONS

export const versions = Object.keys(VERSIONS) as Version[]

export interface Chunk {
  file: string
  code: string
  entry: boolean
  /** The module that an `import()` of this chunk loads. */
  facade: string | null
  modules: string[]
  imports: string[]
  lazy: string[]
  css: string[]
}

/** What one build printed and made. */
export class Build {
  readonly chunks: Map<string, Chunk>
  readonly dist: string
  readonly warnings: string[]

  constructor(output: vite8.Rolldown.RolldownOutput, dist: string, warnings: string[]) {
    const chunks = output.output.filter((file) => file.type === 'chunk')
    this.chunks = new Map(chunks.map((chunk) => [chunk.fileName, described(chunk)]))
    this.dist = dist
    this.warnings = warnings
  }

  all(): Chunk[] {
    return [...this.chunks.values()]
  }

  entry(name = 'index'): Chunk {
    return one(
      this.all().filter((chunk) => chunk.entry && chunk.file.startsWith(`assets/${name}-`)),
      name,
    )
  }

  /** The chunk that an `import()` of this module loads. */
  lazy(module: string): Chunk {
    return one(
      this.all().filter((chunk) => chunk.facade === module),
      module,
    )
  }

  chunk(file: string): Chunk {
    return one(
      [this.chunks.get(file)].filter((chunk) => chunk !== undefined),
      file,
    )
  }

  /** The chunk and all that it imports statically. */
  closure(chunk: Chunk): Chunk[] {
    const seen = new Set([chunk])
    for (const { imports } of seen) for (const file of imports) seen.add(this.chunk(file))
    return [...seen]
  }

  /** The files that are fetched when this chunk is imported by a page that has its own. */
  requests(chunk: Chunk, from: Chunk): string[] {
    const files = (start: Chunk) => this.closure(start).flatMap(({ file, css }) => [file, ...css])
    const there = new Set(files(from))
    return [...new Set(files(chunk))].filter((file) => !there.has(file))
  }

  read(file: string): string {
    return readFileSync(join(this.dist, file), 'utf8')
  }

  report(): Report {
    return JSON.parse(this.read('.framework-m/composition.json')) as Report
  }
}

function described(chunk: vite8.Rolldown.OutputChunk): Chunk {
  const {
    fileName: file,
    code,
    isEntry: entry,
    facadeModuleId: facade,
    moduleIds: modules,
    imports,
    dynamicImports: lazy,
  } = chunk
  return {
    file,
    code,
    entry,
    facade,
    modules,
    imports,
    lazy,
    css: [...(chunk.viteMetadata?.importedCss ?? [])].sort(),
  }
}

function one<T>(found: T[], what: string): T {
  const [first, ...others] = found
  if (first === undefined || others.length > 0) throw new Error(`${found.length} chunks for ${what}, not 1`)
  return first
}

/** A logger that keeps what would have been printed. */
export function recorder(vite: Vite): { logger: vite8.Logger; warnings: string[] } {
  const warnings: string[] = []
  const keep = (message: string) => void warnings.push(message)
  return {
    logger: { ...vite.createLogger('silent'), info() {}, warn: keep, warnOnce: keep, error: keep },
    warnings,
  }
}

export interface BuildOptions {
  plugin?: FrameworkMOptions
  build?: vite8.BuildOptions
  config?: vite8.UserConfig
}

export async function build(
  version: Version,
  { shell }: Pick<Workspace, 'shell'>,
  options: BuildOptions = {},
): Promise<Build> {
  return run(version, shell, {
    ...options,
    config: { plugins: [frameworkMPlugin(options.plugin)], ...options.config },
  })
}

/** The same app with an `import()` a plugin in the shell's own code, and none of ours. */
export async function buildByHand(version: Version, { shell }: Workspace): Promise<Build> {
  return run(version, shell, {
    build: { outDir: 'dist-hand', rollupOptions: { input: join(shell, 'hand.html') } },
  })
}

async function run(version: Version, root: string, { build, config }: BuildOptions): Promise<Build> {
  process.env.NODE_ENV = 'production' // As in `vite build`; the test runner has set it to `test`.
  const vite = VERSIONS[version]
  const { logger, warnings } = recorder(vite)
  const onLog = (level: string, log: { message: string }) =>
    void (level === 'info' || level === 'debug' || warnings.push(log.message))
  const options = { ...build?.rollupOptions, ...build?.rolldownOptions, onLog }
  const bundler = version === 'Vite 8' ? { rolldownOptions: options } : { rollupOptions: options }
  const building = { chunkSizeWarningLimit: 10_000, ...build, ...bundler }
  const output = await vite.build({
    root,
    configFile: false,
    logLevel: 'warn',
    customLogger: logger,
    ...config,
    build: building,
  })
  return new Build(
    [output].flat()[0] as vite8.Rolldown.RolldownOutput,
    resolve(root, building.outDir ?? 'dist'),
    warnings,
  )
}
