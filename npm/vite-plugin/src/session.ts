import { join } from 'node:path'
import type { Composed, Composer, ComposerOptions, Entry, LazyImport } from '@framework-m/composer'
import { normalizePath } from 'vite'
import { resolvedEntry } from './ids.js'

/** What is asked of a composer. */
export type AnyComposer = Pick<Composer, 'compose'>

export type OpenComposer = (options: ComposerOptions) => AnyComposer

/** The composition as it stands, and whether the disk has moved on since. */
export class Session {
  #composed!: Composed
  #entries = new Map<string, Entry>()
  #pages = new Map<string, LazyImport[]>()
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

  /** The entry behind an id, as it is imported or as it is resolved. */
  entry(id: string): Entry | undefined {
    return this.#entries.get(id)
  }

  /** The imports of pages in a config module. */
  pages(file: string): LazyImport[] {
    return this.#pages.get(file) ?? []
  }

  /** Whether the composition was made from this file, or looked for it. */
  reads(file: string): boolean {
    return this.#watched.has(normalizePath(file))
  }

  /** A file changed; the next `refresh` composes again if the composition was made from it. */
  changed(file: string): void {
    this.#stale ||= this.reads(file)
  }

  /** Composes again where that is due. */
  refresh(): void {
    if (this.#stale) this.#compose()
  }

  #compose(): Composed {
    this.#stale = false
    const composed = this.#composer.compose()
    this.#composed = composed
    this.#entries = new Map(
      composed.entries.flatMap((entry) => [
        [entry.id, entry],
        [resolvedEntry(entry), entry],
      ]),
    )
    this.#pages = byFile(composed)
    this.#watched = new Set([...composed.watch.files, ...composed.watch.missing].map(normalizePath))
    return composed
  }
}

function byFile({ root, bundle }: Composed): Map<string, LazyImport[]> {
  const found = new Map<string, LazyImport[]>()
  for (const page of bundle.imports) {
    const file = normalizePath(join(root, page.file))
    found.get(file)?.push(page) ?? found.set(file, [page])
  }
  return found
}
