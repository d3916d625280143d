import { posix, sep } from 'node:path'

/** A path as bundlers name modules: with slashes, on Windows too. */
export function normalizePath(path: string): string {
  return posix.normalize(sep === '\\' ? path.replaceAll('\\', '/') : path)
}
