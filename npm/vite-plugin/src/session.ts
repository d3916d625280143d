import type { Composed, Composer, ComposerOptions, Entry } from '@framework-m/composer'
import { normalizePath } from 'vite'
import { resolvedEntry } from './ids.js'

/** What is asked of a composer. */
export type AnyComposer = Pick<Composer, 'compose'>

export type OpenComposer = (options: ComposerOptions) => AnyComposer

/** The composition as it stands, and whether the disk has moved on since. */
export class Session {
  #composed!: Composed
  #entries = new Map<string, Entry>()
  #watched = new Set<string>()
  #stale = false
  #composer!: AnyComposer

  open(composer: AnyComposer): Composed {
    this.#composer = composer
    return this.#compose()
  }

  get composed(): Composed {
    return this.#composed
  }

  /** The entry behind a resolved id. */
  entry(resolved: string): Entry | undefined {
    return this.#entries.get(resolved)
  }

  /** Whether the composition was made from this file, or looked for it. */
  reads(file: string): boolean {
    return this.#watched.has(normalizePath(file))
  }

  /** A file changed; the next `refresh` composes again if the composition was made from it. */
  changed(file: string): void {
    this.#stale ||= this.reads(file)
  }

  /** Composes again where that is due, and says whether it was. */
  refresh(): boolean {
    if (!this.#stale) return false
    this.#compose()
    return true
  }

  #compose(): Composed {
    this.#stale = false
    const composed = this.#composer.compose()
    this.#composed = composed
    this.#entries = new Map(composed.entries.map((entry) => [resolvedEntry(entry), entry]))
    this.#watched = new Set([...composed.watch.files, ...composed.watch.missing].map(normalizePath))
    return composed
  }
}
