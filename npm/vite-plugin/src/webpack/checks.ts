import { resolve } from 'node:path'
import type { Finding } from '@framework-m/composer'
import type { UnpluginOptions } from 'unplugin'
import type { Compilation, Compiler } from 'webpack'
import { Audit } from '../audit/audit.js'
import { resolvedEntry } from '../composition/ids.js'
import type { Session } from '../composition/session.js'
import { type Bundle, filesOf } from '../graph/bundle.js'
import { ownership } from '../graph/ownership.js'
import { sharedModules } from '../graph/shared-code.js'
import { baselineAt, printed, REPORT, reportIn } from '../report/file.js'
import { measured } from '../report/measure.js'
import { packages } from '../report/packages.js'
import { type Report, reportOf } from '../report/report.js'
import { table } from '../report/table.js'
import type { Making } from '../steps/factory.js'
import { chunkName, sharesCode, splits } from './chunks.js'
import { bundleOf, type Compilation as Graphs, onDisk, WebpackGraph } from './graph.js'
import { NAME, say } from './messages.js'

/** The checks of every build, and its report, for the compiler of webpack or Rspack. */
export function checksCompilations(making: Making): UnpluginOptions {
  const apply = (given: unknown) => {
    const compiler = given as Compiler
    let shared = new Set<string>()
    compiler.hooks.afterEnvironment.tap(NAME, () => sharesCode(compiler, (id) => shared.has(id)))
    compiler.hooks.thisCompilation.tap(NAME, (compilation) =>
      new Checked(making, compiler, compilation).taps((found) => {
        shared = found
      }),
    )
  }
  return { name: 'framework-m:checks', webpack: apply, rspack: apply }
}

/** One compilation. */
class Checked {
  readonly #making: Making
  readonly #compiler: Compiler
  readonly #compilation: Compilation
  readonly #audit: Audit
  readonly #ownerOf: ReturnType<typeof ownership>
  readonly #before: Report | undefined

  constructor(making: Making, compiler: Compiler, compilation: Compilation) {
    const { session, eager } = making
    this.#making = making
    this.#compiler = compiler
    this.#compilation = compilation
    this.#ownerOf = ownership(session.composed, compiler.options.resolve.symlinks === false)
    this.#audit = new Audit(session.composed, this.#ownerOf, eager)
    // `output.clean` empties the folder later.
    this.#before = this.#isReported ? this.#baseline() : undefined
  }

  /** Tells of the modules that several plugins share as soon as it is known which they are. */
  taps(onShared: (shared: Set<string>) => void): void {
    const { hooks } = this.#compilation
    const { PROCESS_ASSETS_STAGE_REPORT: stage } = this.#compiler.webpack.Compilation
    hooks.finishModules.tapPromise(NAME, () => this.#modules(onShared))
    if (this.#isForBrowsers) hooks.processAssets.tapPromise({ name: NAME, stage }, () => this.#chunks())
  }

  /** Under a target such as `node` all code is at hand, and nothing of it is a download. */
  get #isForBrowsers(): boolean {
    return !this.#compiler.options.externalsPresets.node
  }

  /** While the compiler watches, no rebuild waits until everything is compressed. */
  get #isReported(): boolean {
    return this.#isForBrowsers && !this.#compiler.watchMode
  }

  #baseline(): Report | undefined {
    const { baseline, session } = this.#making
    if (baseline !== undefined) return baselineAt(resolve(session.composed.shell, baseline))
    return reportIn(this.#compiler.outputPath)
  }

  async #modules(onShared: (shared: Set<string>) => void): Promise<void> {
    const isSplit = this.#isForBrowsers && splits(this.#compiler)
    // No vendor's module imports a plugin's; two plugins may share what it imports.
    const isLeft = (id: string) => !isSplit && isVendors(id) && this.#ownerOf(id) === undefined
    const graph = new WebpackGraph(this.#compilation as unknown as Graphs, isLeft)
    if (isSplit) onShared(sharedModules(graph, this.#ownerOf))
    const places = {
      importsIn: (file: string) => this.#making.session.importsIn(file),
      resolve: async (specifier: string, importer: string) => graph.resolve(specifier, importer),
    }
    // Rspack does not say what modules export, so their texts are read.
    const exports = (id: string) => exported(graph.text(id), this.#making.session)
    const { isEntry, imports, lazyImports, importers, ids } = graph
    const known = { ids, isEntry, imports, lazyImports, importers, exports }
    this.#tell(await this.#audit.modules(known, places, this.#isForBrowsers))
  }

  async #chunks(): Promise<void> {
    const { entries } = this.#compilation
    const plugins = this.#making.session.composed.entries
    const facades = new Map(plugins.map((entry) => [chunkName(entry, entries), resolvedEntry(entry)]))
    const bundle = bundleOf(this.#compilation as unknown as Graphs, (name) => facades.get(name))
    // Where what is not used stays in the output, it is no sign that somebody uses it.
    const absences = this.#compiler.options.optimization.usedExports ? this.#audit.absences(bundle) : []
    this.#tell([...absences, ...this.#audit.chunks(bundle)])
    if (this.#isReported) await this.#report(bundle)
  }

  async #report(bundle: Bundle): Promise<void> {
    const { budgets, session } = this.#making
    const assets = new Map(this.#compilation.getAssets().map((asset) => [onDisk(asset.name), asset]))
    const bytes = (file: string) => Buffer.from(assets.get(file)?.source.buffer() ?? '')
    const sizes = await measured(filesOf(bundle), bytes)
    const report = reportOf(
      bundle,
      session.composed,
      sizes,
      this.#ownerOf,
      packages(session.composed, this.#ownerOf),
    )
    budgets.apply(report, this.#before)
    const { RawSource } = this.#compiler.webpack.sources
    this.#compilation.emitAsset(REPORT, new RawSource(printed(report)))
    this.#compiler.getInfrastructureLogger(NAME).info(`\n${table(report)}\n`)
    this.#tell(budgets.findings(report))
  }

  #tell(findings: Finding[]): void {
    if (findings.length > 0) say(this.#compiler, this.#compilation, this.#making.session.judge(findings))
  }
}

function exported(text: string | undefined, session: Session): string[] | undefined {
  return text === undefined ? undefined : session.exportsIn(text)
}

function isVendors(id: string): boolean {
  return id.includes('/node_modules/')
}
