/** Runs a command in the repository's root and lets its output through; ends the process where it fails. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

export function run(command, args, options = {}) {
  const { status, error, signal } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (status === 0) return
  const why = error?.message ?? (signal ? `ended by ${signal}` : `exit code ${status}`)
  console.error(`\n✗ ${[command, ...args].join(' ')}: ${why}`)
  process.exit(status ?? 1)
}

/** Whether a command is there. */
export function has(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0
}

/** A command of an installed package. */
export function bin(name) {
  return fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url))
}

/** Says what the next lines are about. */
export function step(title) {
  console.log(`\n▸ ${title}`)
}
