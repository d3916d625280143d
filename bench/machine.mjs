/** What was measured on, and what was measured. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os'
import { join } from 'node:path'

const repository = join(import.meta.dirname, '..')

/** The machine, for people. */
export function machine() {
  const [{ model }] = cpus()
  return {
    processor: `${cpus().length} × ${model.trim()}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    disk: disk(),
    node: process.version,
    load: loadavg()[0].toFixed(2),
  }
}

/** The file system of the folder for temporary files. */
function disk() {
  try {
    const found = execFileSync('findmnt', ['--noheadings', '--output', 'FSTYPE', '--target', tmpdir()], {
      encoding: 'utf8',
    })
    return found.trim()
  } catch {
    return 'unknown'
  }
}

/** The binding that this machine loads. */
export function binding() {
  const folder = join(repository, 'npm/composer')
  const name = readdirSync(folder)
    .sort()
    .find((name) => name.startsWith(`composer.${process.platform}-${process.arch}`) && name.endsWith('.node'))
  if (!name) throw new Error('there is no binding: run `npm run build`')
  return join(folder, name)
}

/** What was measured: our commit, the binding. */
export function subject() {
  const path = binding()
  return {
    version: JSON.parse(readFileSync(join(repository, 'npm/composer/package.json'), 'utf8')).version,
    commit: commit(),
    bindingBytes: statSync(path).size,
    vite: JSON.parse(readFileSync(join(repository, 'node_modules/vite/package.json'), 'utf8')).version,
  }
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: repository, encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
