import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What `framework-m packages --json` prints for one package. */
export interface Listed {
  name: string | null
  version: string | null
  dir: string
  tag: unknown
}

const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** Our own discovery, asked about many roots in one process. */
export function discover(roots: string[]): Listed[][] {
  const cargo = [
    'run',
    '--quiet',
    '--package',
    'framework-m-composer',
    '--example',
    'packages',
    '--',
    ...roots,
  ]
  const options = { cwd: repository, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] as const }
  const output = execFileSync('cargo', cargo, { ...options, stdio: ['ignore', 'pipe', 'ignore'] }).toString()
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Listed[])
}
