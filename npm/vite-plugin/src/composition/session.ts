import { join } from 'node:path'
import type {
  Composed,
  Composer,
  ComposerOptions,
  Diagnostic,
  Entry,
  Finding,
  ImportSite,
  LazyImport,
  Watcher,
} from '@framework-m/composer'
import { RESOLVED_HOST, resolvedEntry } from './ids.js'
import { normalizePath } from './normalize-path.js'
import { realPath } from './real-path.js'

/** What is asked of a composer. */
type AnyComposer = Pick<Composer, 'compose' | 'watch' | 'judge' | 'importsIn' | 'exportsIn'>

export type OpenComposer = (options: ComposerOptions) => AnyComposer

export interface Following {
  poll: number | undefined
  /** The files after whose change a bundler has to load the host again. */
  triggers: string[]
  report(error: Error): void
}

/** Follows the disk until it is closed. */
export type Follower = Pick<Watcher, 'changed' | 'close'>

/** Hears of a composition that took the place of another. */
type Listener = (now: Composed, before: Composed) => void

/** The composition as it stands, and whether the disk has moved on since. */
export class Session {
  /** Made when somebody asks, as the next four are. */
  #composed: Composed | undefined
  #composer: AnyComposer | undefined
  #entries: Map<string, Entry> | undefined
  #pages: Map<string, LazyImport[]> | undefined
  #watched: Set<string> | undefined
  #listeners = new Map<object, Listener[]>()
  #stale = false
  /** Who keeps the composition current, if somebody does. */
  #following: Pick<Following, 'triggers'> | undefined
  #open!: () => AnyComposer
  #count = 0

  /** Composes, with a composer that is opened now and, after a release, when it is needed again. */
  open(open: () => AnyComposer): Composed {
    this.#open = open
    this.#composer = undefined
    return this.#compose()
  }

  /**
   * Lets go of all that is large, which is made again if anybody asks. Vite never forgets a configuration that it has loaded,
   * nor its plugins: a dev server that restarts would keep every composition that there ever was.
   */
  release(): void {
    this.#composer = undefined
    this.#composed = undefined
    this.#entries = undefined
    this.#pages = undefined
    this.#watched = undefined
    this.#stale = false
  }

  get composed(): Composed {
    return this.#composed ?? this.#compose()
  }

  /** Which composition it is: another has another number. */
  get count(): number {
    return this.#count
  }

  /** The entry behind an id, as it is imported or as it is resolved. */
  entry(id: string): Entry | undefined {
    this.#entries ??= byId(this.composed)
    return this.#entries.get(id)
  }

  /** The text behind a resolved id. */
  text(id: string): string | undefined {
    return id === RESOLVED_HOST ? this.composed.module : this.entry(id)?.code
  }

  /** The imports of pages in a module of a configuration; `undefined` of any other module. */
  pages(file: string): LazyImport[] | undefined {
    this.#pages ??= byFile(this.composed)
    return this.#pages.get(file)
  }

  /** What there is to say about findings, with the severities that the shell chose. */
  judge(findings: Finding[]): Diagnostic[] {
    return this.#opened.judge(findings)
  }

  /** What a file imports, or a text in its place, in the order in which it is written. */
  importsIn(file: string, text?: string): ImportSite[] {
    return this.#opened.importsIn(file, text)
  }

  /** The names that a text exports, with `*` for those of another module; `undefined` where only running it would tell. */
  exportsIn(text: string): string[] | undefined {
    return this.#opened.exportsIn(text) ?? undefined
  }

  /** Whether the composition was made from this file, or looked for it. */
  reads(file: string): boolean {
    this.#watched ??= watched(this.composed)
    return this.#watched.has(normalizePath(file))
  }

  /** A file changed; the next `refresh` composes again if the composition was made from it. */
  changed(file: string): void {
    this.#stale ||= this.#following === undefined && this.reads(file)
  }

  /** Composes again, whether or not anybody has heard of a change. */
  recompose(): void {
    if (this.#following === undefined) this.#compose()
  }

  /** Composes again where that is due. */
  refresh(): void {
    if (this.#stale) this.#compose()
  }

  /** The files after whose change a bundler has to load the host again. */
  get triggers(): string[] {
    return this.#following?.triggers ?? this.composed.watch.files
  }

  /** Calls a listener with every composition from now on, until its subscriber unsubscribes. */
  subscribe(subscriber: object, listener: Listener): void {
    this.#listeners.set(subscriber, [...(this.#listeners.get(subscriber) ?? []), listener])
  }

  unsubscribe(subscriber: object): void {
    this.#listeners.delete(subscriber)
  }

  /**
   * Follows the disk: until the follower is closed the composition is current by itself, and what it was made from triggers
   * nothing. With `poll`, in milliseconds, the disk is looked at that often; else the system reports. What a listener throws
   * is reported, and ends nothing.
   */
  follow({ poll, triggers, report }: Following): Follower {
    const following = { triggers }
    this.#following = following
    const adopt = (composed: Composed) => void this.#adopt(composed, report)
    const watcher = this.#opened.watch(adopt, poll === undefined ? {} : { poll })
    return {
      changed: (paths) => watcher.changed(paths),
      close: () => {
        watcher.close()
        // A server that restarts is followed by the next before it ends.
        if (this.#following === following) this.#following = undefined
      },
    }
  }

  get #opened(): AnyComposer {
    this.#composer ??= this.#open()
    return this.#composer
  }

  #compose(): Composed {
    return this.#adopt(this.#opened.compose())
  }

  #adopt(composed: Composed, report?: (error: Error) => void): Composed {
    const before = this.#composed
    this.#stale = false
    this.#composed = composed
    this.#count++
    this.#entries = undefined
    this.#pages = undefined
    this.#watched = undefined
    if (before === undefined) return composed
    for (const listener of [...this.#listeners.values()].flat()) {
      try {
        listener(composed, before)
      } catch (error) {
        if (!report) throw error
        report(error as Error)
      }
    }
    return composed
  }
}

function byId({ entries }: Composed): Map<string, Entry> {
  const names = (entry: Entry) => [entry.id, resolvedEntry(entry)]
  return new Map(entries.flatMap((entry) => names(entry).map((name) => [name, entry] as const)))
}

function watched({ watch }: Composed): Set<string> {
  return new Set([...watch.files, ...watch.missing].map(normalizePath))
}

function byFile({ root, bundle }: Composed): Map<string, LazyImport[]> {
  const pages = new Map<string, LazyImport[]>(bundle.plugins.map(({ config }) => [config, []]))
  for (const page of bundle.imports) pages.get(page.file)?.push(page) ?? pages.set(page.file, [page])
  // Bundlers name a module by where it really is, unless they are told to preserve links.
  const namesOf = (path: string) => [normalizePath(path), realPath(path)]
  return new Map(
    [...pages].flatMap(([file, all]) => namesOf(join(root, file)).map((name) => [name, all] as const)),
  )
}
