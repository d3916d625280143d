/** tinyglobby: `await glob(patterns, { cwd, absolute: true, ignore })`, then `JSON.parse` of each manifest. */
import { glob } from 'tinyglobby'
import { packageList } from '../../answer.mjs'
import { IGNORED, manifests, read } from '../patterns.mjs'

export const label = 'tinyglobby, async'

export async function run({ root, patterns }) {
  const files = await glob(manifests(patterns), { cwd: root, absolute: true, ignore: IGNORED })
  // Reading synchronously is the faster way with files of this size, so it is the peer's.
  return files.map((file) => read(root, file))
}

export const answer = (found) => packageList(found)
