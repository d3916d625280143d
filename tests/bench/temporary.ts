/** A folder for what a test writes. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A new folder, which is gone after the tests of the file. */
export function temporary(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'framework-m-bench-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
