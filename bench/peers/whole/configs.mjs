/** The configurations of the tagged packages, found by hand: by far the fastest discovery in JavaScript, so that the peers of the whole job do not lose there. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run as discover } from '../discovery/hand-written.mjs'

/** Absolute paths, by Framework M's rule: the source beside the manifest wins. Other places are not looked at. */
export function configs(input) {
  const tagged = discover(input).filter(({ tag }) => tag !== undefined)
  const files = tagged.map(({ dir }) => join(input.root, dir, 'plugin.config.ts'))
  return files.filter((file) => existsSync(file))
}
