/** The peers: installed on first use, in a folder of their own, from their lock file. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, 'peers')
const parse = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** Runs `npm ci` there, unless what is installed is what the lock file says. */
export function install(progress) {
  const lock = join(folder, 'package-lock.json')
  const installed = join(folder, 'node_modules/.package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  progress('installing the peers (once)')
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      // Whoever reads our output gets none of npm's.
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  } catch (error) {
    throw new Error('the peers cannot be installed: run `npm ci` in bench/peers to see why', { cause: error })
  }
}

/** Versions of the peers, by name. */
export function versions() {
  const names = Object.keys(parse(join(folder, 'package.json')).dependencies)
  return Object.fromEntries(
    names.map((name) => [name, parse(join(folder, 'node_modules', name, 'package.json')).version]),
  )
}
