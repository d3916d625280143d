/** The programs in Rust that the benchmarks compare with: examples of the composer's crate. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const repository = join(import.meta.dirname, '..')

/** Builds them with the repository's cargo; the paths of the executables by name. */
export function examples() {
  const stdout = execFileSync(
    'cargo',
    [
      ...['build', '--profile', 'fast', '--package', 'framework-m-composer'],
      ...['--examples', '--quiet', '--message-format', 'json'],
    ],
    { cwd: repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1024 * 1024 },
  )
  const built = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ target, executable }) => executable && target.kind.includes('example'))
  return Object.fromEntries(built.map(({ target, executable }) => [target.name, executable]))
}
