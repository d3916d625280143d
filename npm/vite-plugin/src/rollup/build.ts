import { join, resolve } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import { writeDeclaration } from '../composition/declaration.js'
import { errorsIn, type Log, print, summary } from '../composition/print.js'
import { SDK_ROOT, standIns } from '../composition/sdk.js'
import type { Making } from '../steps/factory.js'
import { compose } from '../steps/opening.js'
import { type Around, hasSeveral, keepsExports } from '../steps/surroundings.js'
import { pollOf, type WatchOption } from './rebuilds.js'

type Context = Pick<Rolldown.PluginContext, 'info' | 'warn' | 'error'>

/** What is read of the options of Rollup and Rolldown. */
interface InputOptions {
  input?: unknown
  preserveEntrySignatures?: unknown
  watch?: WatchOption
  /** Rollup's alone. */
  preserveSymlinks?: boolean
  /** Rolldown's alone, as are those that follow. */
  cwd?: string
  resolve?: { symlinks?: boolean }
  platform?: string
  transform?: { define?: Record<string, string> }
}

/** The builds of Rollup or Rolldown that one plugin takes part in: one, or one after another while it watches. */
export class RollupBuild {
  readonly #making: Making
  #input: InputOptions = {}
  #isOpen = false

  constructor(making: Making) {
    this.#making = making
  }

  /** Composes when a build starts. */
  composes(): Plugin {
    const build = this
    return {
      name: 'framework-m:compose',
      options(input) {
        build.#input = input as InputOptions
        // Rolldown does so by itself because of our groups of chunks, and then warns.
        const isUnsaid = input.preserveEntrySignatures === undefined && this.meta.rolldownVersion
        return isUnsaid ? { ...input, preserveEntrySignatures: 'allow-extension' } : null
      },
      buildStart() {
        build.#compose()
      },
    }
  }

  /** Writes the types and says what there is to say. A bundler that watches has been told by then what to watch. */
  announces(): Plugin {
    const build = this
    return {
      name: 'framework-m:announce',
      buildStart() {
        build.#announce(this)
      },
    }
  }

  /** What plugins share is taken from where the shell has it. */
  sharesSingletons(): Plugin {
    const { session } = this.#making
    return {
      name: 'framework-m:singletons',
      resolveId: {
        order: 'pre',
        filter: { id: /^[^./\0]/ },
        async handler(source, importer, options) {
          const { shell, bundle } = session.composed
          const isShared = bundle.dedupe.some((name) => source === name || source.startsWith(`${name}/`))
          if (!importer || !isShared) return null
          return this.resolve(source, join(shell, 'package.json'), { ...options, skipSelf: true })
        },
      },
    }
  }

  /** In a shell without React Router, or without React, another module of the SDK stands for its root. */
  standsForSdk(): Plugin {
    const { session } = this.#making
    return {
      name: 'framework-m:sdk',
      resolveId: {
        order: 'pre',
        filter: { id: SDK_ROOT },
        async handler(_, importer, options) {
          for (const { id, without, sdk } of standIns(session.composed)) {
            // An alias, or whoever loads the output, may have something in the place of the package.
            const there = await this.resolve(without, join(sdk, 'package.json'), { skipSelf: true })
            if (!there) return this.resolve(id, importer, { ...options, skipSelf: true })
          }
          return null
        },
      },
    }
  }

  readonly around: Around = (context) => {
    const { cwd = process.cwd(), input, platform, preserveEntrySignatures, watch } = this.#input
    const { session } = this.#making
    return {
      name: 'rollup',
      build: this,
      isForBrowsers: platform !== 'node',
      preserveSymlinks: this.#preserveSymlinks,
      hasSeveralPages: hasSeveral(input),
      keepsExports: keepsExports(preserveEntrySignatures),
      // Rolldown asks for its output's options before it has started to build.
      get root() {
        return session.composed.shell
      },
      folder: cwd,
      outDir: undefined,
      compresses: true,
      poll: pollOf(watch),
      log: logOf(context),
    }
  }

  get #preserveSymlinks(): boolean {
    const { preserveSymlinks, resolve: resolving } = this.#input
    return preserveSymlinks === true || resolving?.symlinks === false
  }

  #compose(): void {
    if (this.#isOpen) {
      this.#making.session.recompose()
      return
    }
    const { cwd = process.cwd(), transform } = this.#input
    compose(this.#making, {
      folder: cwd,
      preserveSymlinks: this.#preserveSymlinks,
      define: transform?.define ?? {},
      // Rollup puts nothing in its place; what Rolldown does, unasked, depends on how the output is written.
      nodeEnv: undefined,
    })
    this.#isOpen = true
  }

  /** Errors end the build; they are the first that is said, as in Vite. */
  #announce(context: Context): void {
    const { session, dts } = this.#making
    const { diagnostics, shell, types, root } = session.composed
    const errors = errorsIn(diagnostics)
    const [label] = errors[0]?.labels ?? []
    const loc = label && { file: join(root, label.file), line: label.line, column: label.column - 1 }
    if (errors.length > 0) context.error({ message: summary(errors), ...(loc && { loc }) })
    print(diagnostics, logOf(context))
    if (dts !== false) writeDeclaration(resolve(shell, dts), types)
  }
}

/** Rollup has no errors that end nothing. */
function logOf(context: Context): Log {
  const warn = (text: string) => context.warn(text)
  return { info: (text) => context.info(text), warn, error: warn }
}
