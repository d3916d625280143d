import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { atEnd } from './ending.js'

/**
 * A file that stands for the composition. Vite's bundled dev mode has no module graph in which a plugin could mark a module
 * as changed; it loads a module again when a file that the module depends on has changed.
 */
export class Stamp {
  readonly file = join(mkdtempSync(join(tmpdir(), 'framework-m-')), 'composition')
  #count = 0
  /** A signal that ends the process closes no bundler. */
  readonly #forget = atEnd(() => this.#delete())

  constructor() {
    this.renew()
  }

  renew(): void {
    writeFileSync(this.file, String(this.#count++))
  }

  remove(): void {
    this.#forget()
    this.#delete()
  }

  #delete(): void {
    rmSync(dirname(this.file), { recursive: true, force: true })
  }
}
