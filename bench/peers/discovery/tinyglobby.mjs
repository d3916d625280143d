/** tinyglobby: `globSync(patterns, { cwd, absolute: true, ignore })`, then `JSON.parse` of each manifest. */
import { globSync } from 'tinyglobby'
import { packageList } from '../../answer.mjs'
import { IGNORED, manifests, read } from '../patterns.mjs'

export const label = 'tinyglobby, sync'

export function run({ root, patterns }) {
  const files = globSync(manifests(patterns), { cwd: root, absolute: true, ignore: IGNORED })
  return files.map((file) => read(root, file))
}

export const answer = (found) => packageList(found)
