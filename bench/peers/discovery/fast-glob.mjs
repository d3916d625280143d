/** fast-glob: `fg.sync(patterns, { cwd, absolute: true, ignore })`, then `JSON.parse` of each manifest. */
import fastGlob from 'fast-glob'
import { packageList } from '../../answer.mjs'
import { IGNORED, manifests, read } from '../patterns.mjs'

export const label = 'fast-glob, sync'

export function run({ root, patterns }) {
  const files = fastGlob.sync(manifests(patterns), { cwd: root, absolute: true, ignore: IGNORED })
  return files.map((file) => read(root, file))
}

export const answer = (found) => packageList(found)
