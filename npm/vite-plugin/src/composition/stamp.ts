import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * A file that stands for the composition. Vite's bundled dev mode has no module graph in which a plugin could mark a module
 * as changed; it loads a module again when a file that the module depends on has changed.
 */
export class Stamp {
  readonly file = join(mkdtempSync(join(tmpdir(), 'framework-m-')), 'composition')
  #count = 0

  constructor() {
    this.renew()
  }

  renew(): void {
    writeFileSync(this.file, String(this.#count++))
  }

  remove(): void {
    rmSync(dirname(this.file), { recursive: true, force: true })
  }
}
