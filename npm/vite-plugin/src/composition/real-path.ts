import { realpathSync } from 'node:fs'
import { sep } from 'node:path'
import { normalizePath } from './normalize-path.js'

/** One question to the system, as bundlers ask. On Windows they do not, where the answers differ. */
const realpath = sep === '/' ? realpathSync.native : realpathSync

/** Where a file or folder really is, as bundlers name modules; what is nowhere keeps its name. */
export function realPath(path: string): string {
  try {
    return normalizePath(realpath(path))
  } catch {
    return normalizePath(path)
  }
}
