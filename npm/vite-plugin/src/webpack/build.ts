import { resolve } from 'node:path'
import type { UnpluginOptions } from 'unplugin'
import type { Compilation, Compiler } from 'webpack'
import { writeDeclaration } from '../composition/declaration.js'
import { ALIAS, HOST } from '../composition/ids.js'
import { Rebuilding } from '../composition/rebuilding.js'
import { SDK_ROOT, standIns } from '../composition/sdk.js'
import type { Making } from '../steps/factory.js'
import { compose, type Told } from '../steps/opening.js'
import { means } from '../steps/patterns.js'
import { chunkName } from './chunks.js'
import { isVirtual } from './graph.js'
import { NAME, say } from './messages.js'

/** What the compiler of webpack or Rspack is told. The two agree on all that is used here. */
export class WebpackBuild {
  readonly #making: Making
  #rebuilding: Rebuilding | undefined
  /** Those of the compilation that runs. */
  #entries: Compilation['entries'] = new Map()

  constructor(making: Making) {
    this.#making = making
  }

  /** Composes before the compiler runs, and follows the disk while it watches. */
  composes(): UnpluginOptions {
    const apply = (compiler: unknown) => this.#apply(compiler as Compiler)
    return { name: 'framework-m:compose', webpack: apply, rspack: apply }
  }

  /** A lazy chunk gets its name from a comment in its `import()`. */
  readonly named = (text: string): string =>
    text.replace(LAZY, (whole, specifier: string) => {
      const entry = this.#making.session.entry(JSON.parse(specifier))
      if (entry === undefined) return whole
      return `import(/* webpackChunkName: "${chunkName(entry, this.#entries)}" */ ${specifier})`
    })

  #apply(compiler: Compiler): void {
    const { session } = this.#making
    // Here the options are complete, and not yet used.
    compiler.hooks.afterEnvironment.tap(NAME, () => {
      compose(this.#making, toldBy(compiler))
      this.#sharesSingletons(compiler)
      this.#standsForSdk(compiler)
    })
    namesWithoutScheme(compiler)
    let runs = 0
    compiler.hooks.beforeRun.tap(NAME, () => {
      if (runs++ > 0) session.recompose()
    })
    compiler.hooks.watchRun.tapPromise(NAME, () => this.#follows(compiler))
    compiler.hooks.thisCompilation.tap(NAME, (compilation) => this.#announce(compiler, compilation))
    compiler.hooks.afterCompile.tap(NAME, watchesFilesAlone)
    compiler.hooks.watchClose.tap(NAME, () => this.#close())
    compiler.hooks.shutdown.tap(NAME, () => this.#close())
  }

  /** What plugins share is looked for from where the shell would. */
  #sharesSingletons(compiler: Compiler): void {
    const { shell, bundle } = this.#making.session.composed
    if (bundle.dedupe.length === 0) return
    const names = bundle.dedupe.map((name) => name.replaceAll('.', '\\.')).join('|')
    replaces(compiler, new RegExp(`^(?:${names})(?:/|$)`), (data) => {
      data.context = shell
    })
  }

  /** In a shell without React Router, or without React, another module of the SDK stands for its root. */
  #standsForSdk(compiler: Compiler): void {
    const isReplaced = replacedBy(compiler)
    const found = standIns(this.#making.session.composed).find(({ without }) => !isReplaced(without))
    if (found === undefined) return
    replaces(compiler, SDK_ROOT, (data) => {
      data.request = found.id
    })
  }

  async #follows(compiler: Compiler): Promise<void> {
    this.#rebuilding ??= new Rebuilding(this.#making.session, {
      poll: pollOf(compiler),
      triggers: [],
      rebuild: () => compiler.watching?.invalidate(),
      report: (error) => compiler.getInfrastructureLogger(NAME).error(error.message),
    })
    const { modifiedFiles = [], removedFiles = [] } = compiler
    await this.#rebuilding.changed([...modifiedFiles, ...removedFiles])
  }

  #announce(compiler: Compiler, compilation: Compilation): void {
    const { session, dts } = this.#making
    const { diagnostics, shell, types } = session.composed
    this.#entries = compilation.entries
    say(compiler, compilation, diagnostics)
    try {
      if (dts !== false) writeDeclaration(resolve(shell, dts), types)
    } catch (error) {
      // Whoever throws here ends the watcher too.
      compilation.errors.push(new compiler.webpack.WebpackError(`[framework-m] ${(error as Error).message}`))
    }
  }

  #close(): void {
    this.#rebuilding?.close()
    this.#rebuilding = undefined
  }
}

/** A compiler looks for our modules on the disk as soon as it watches, finds them removed, and builds again for nothing. */
function watchesFilesAlone({ compiler, fileDependencies }: Compilation): void {
  if (!compiler.watchMode) return
  for (const file of fileDependencies) if (isVirtual(file)) fileDependencies.delete(file)
}

/** Whether an alias, or whoever loads the output, has something in the place of a package. */
function replacedBy({ options }: Compiler): (name: string) => boolean {
  const { alias } = options.resolve
  const names = Array.isArray(alias) ? alias.map(({ name }) => name) : Object.keys(alias || {})
  // A function is for imports that are made, and not for asking.
  const external = [options.externals ?? []].flat().flatMap((item): unknown[] => {
    if (typeof item === 'function') return []
    return typeof item === 'string' || item instanceof RegExp ? [item] : Object.keys(item)
  })
  return (name) => means([...names, ...external], name) || means(names, `${name}$`)
}

const LAZY = /\bimport\(("virtual:framework-m-plugins\/(?:[^"\\]|\\.)*")\)/g

function toldBy({ context, options }: Compiler): Told {
  const { nodeEnv } = options.optimization
  return {
    folder: context,
    preserveSymlinks: options.resolve.symlinks === false,
    define: Object.assign({}, ...options.plugins.map(definitions)),
    nodeEnv: nodeEnv === false ? undefined : nodeEnv,
  }
}

/** What a `DefinePlugin` was given: webpack's keeps it under this name, Rspack's with its arguments. */
function definitions(plugin: unknown): Record<string, unknown> {
  const defining = (plugin ?? {}) as {
    constructor?: { name: string }
    definitions?: Record<string, unknown>
    _args?: [Record<string, unknown>]
  }
  if (defining.constructor?.name !== 'DefinePlugin') return {}
  return defining.definitions ?? defining._args?.[0] ?? {}
}

/** webpack takes `virtual:` for a scheme such as `https:` before anybody is asked. */
function namesWithoutScheme(compiler: Compiler): void {
  replaces(compiler, new RegExp(`^${HOST}(?:/|$)`), (data) => {
    data.request = ALIAS + data.request.slice(HOST.length)
  })
}

function replaces(
  compiler: Compiler,
  requests: RegExp,
  replace: (data: { request: string; context: string }) => void,
): void {
  new compiler.webpack.NormalModuleReplacementPlugin(requests, replace).apply(compiler)
}

function pollOf({ options }: Compiler): number | undefined {
  const { poll } = options.watchOptions
  return poll === true ? 5007 : poll || undefined
}
