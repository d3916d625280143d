import type { Diagnostic, Finding } from '@framework-m/composer'
import type { DevEnvironment, Environment, Plugin, ResolvedConfig } from 'vite'
import { allowance } from '../audit/audit.js'
import { borrowedCode } from '../audit/borrowing.js'
import { absentComponents } from '../audit/components.js'
import { Evidence } from '../audit/evidence.js'
import { eagerCode } from '../audit/laziness.js'
import { errorsIn, print } from '../composition/print.js'
import type { Session } from '../composition/session.js'
import { ownership } from '../graph/ownership.js'
import { show } from './announce.js'
import { servedGraph } from './served-graph.js'
import { logOf } from './surroundings.js'
import { isWorkbench } from './workbench.js'

/** While modules are still being served nothing is looked at; this many milliseconds after the last, all is. */
const QUIET = 200

/**
 * The checks of a build for a dev server, over the modules that pages have been given. What they find is printed once and
 * laid over the page, and goes when it is mended. Bundled dev mode has no module graph to look at.
 */
export function watchesOver(eager: string[], session: Session): Plugin {
  const checkers = new Map<Environment, Checker>()
  return {
    name: 'framework-m:dev-checks',
    apply: 'serve',
    configureServer({ config, environments: { client } }) {
      if (config.experimental?.bundledDev || isWorkbench(config)) return
      const checker = new Checker(client, config, eager, session)
      checkers.set(client, checker)
      session.subscribe(client, () => checker.showAgain())
      client.hot.on('vite:client:connect', () => checker.showAgain())
    },
    transform: {
      order: 'post',
      handler() {
        checkers.get(this.environment)?.schedule()
      },
    },
    hotUpdate() {
      checkers.get(this.environment)?.schedule()
    },
    buildEnd() {
      checkers.get(this.environment)?.stop()
      checkers.delete(this.environment)
    },
  }
}

/** Checks the modules of one dev server, whenever it has been quiet for a while. */
class Checker {
  readonly #client: DevEnvironment
  readonly #config: ResolvedConfig
  readonly #eager: string[]
  readonly #session: Session
  #timer: NodeJS.Timeout | undefined
  /** Counts what has been scheduled: a check that took too long is void. */
  #round = 0
  #found: Diagnostic[] = []
  /** Whether a page has yet to see what was found. */
  #unseen = false

  constructor(client: DevEnvironment, config: ResolvedConfig, eager: string[], session: Session) {
    this.#client = client
    this.#config = config
    this.#eager = eager
    this.#session = session
  }

  schedule(): void {
    clearTimeout(this.#timer)
    const round = ++this.#round
    const report = (error: Error) => this.#config.logger.error(error.message, { error, timestamp: true })
    this.#timer = setTimeout(() => void this.#check(round).catch(report), QUIET).unref()
  }

  showAgain(): void {
    this.#unseen = true
    this.schedule()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#round++
  }

  async #check(round: number): Promise<void> {
    const findings = await this.#findings()
    if (round !== this.#round) return
    const now = findings.length > 0 ? this.#session.judge(findings) : []
    const said = new Set(this.#found.map((diagnostic) => JSON.stringify(diagnostic)))
    const news = now.filter((diagnostic) => !said.has(JSON.stringify(diagnostic)))
    const had = errorsIn(this.#found).length
    const hasChanged = news.length > 0 || now.length !== this.#found.length
    print(news, logOf(this.#config.logger))
    this.#found = now
    if (hasChanged || this.#unseen) this.#show(had > 0)
    this.#unseen = false
  }

  /** What is wrong with the composition is shown along with it. */
  #show(had: boolean): void {
    const { composed } = this.#session
    const found = errorsIn(this.#found)
    if (found.length === 0 && !had) return
    show([...errorsIn(composed.diagnostics), ...found], composed.root, this.#client.hot)
  }

  async #findings(): Promise<Finding[]> {
    const { composed } = this.#session
    const ownerOf = ownership(composed, this.#config.resolve.preserveSymlinks)
    const graph = servedGraph(this.#client.moduleGraph, this.#config.base, this.#session)
    const places = {
      importsIn: (file: string) => this.#session.importsIn(file),
      resolve: async (specifier: string, importer: string) =>
        (await this.#client.pluginContainer.resolveId(specifier, importer))?.id,
    }
    // A module that pages no longer load is in Vite's graph as it was: an import counts while it is there to be read.
    const evidence = new Evidence(composed, places, true)
    const eager = eagerCode(graph, ownerOf, allowance(this.#eager, composed.root))
    const borrowed = borrowedCode(graph, ownerOf, composed)
    return [
      ...(await evidence.eager(eager)),
      ...(await evidence.borrowed(borrowed)),
      ...absentComponents(graph, composed),
    ]
  }
}
