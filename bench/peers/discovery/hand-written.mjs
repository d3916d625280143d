/**
 * What somebody writes who knows the shape of the repository and needs no package for it: synchronous, one `readdirSync`
 * for each pattern, and a manifest is parsed only if its text has the key. It knows neither pnpm's other rules nor other
 * tools, and does not learn the name of a package that is not tagged: less work than ours.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageList } from '../../answer.mjs'

export const label = 'hand-written JS'

export function run({ root, patterns }) {
  const found = []
  for (const dir of ['.', ...patterns.flatMap((pattern) => expand(root, pattern))]) {
    const text = readText(join(root, dir, 'package.json'))
    if (text === undefined) continue
    found.push({ dir, tag: text.includes('"framework-m"') ? JSON.parse(text)['framework-m'] : undefined })
  }
  return found
}

/** The folders that a pattern means: `libs/*`, `apps/*\/frontend`, `frontend`. */
function expand(root, pattern) {
  const [parent, rest] = pattern.split('*')
  if (rest === undefined) return [pattern]
  const children = readdirSync(join(root, parent), { withFileTypes: true })
  return children.filter((child) => child.isDirectory()).map(({ name }) => `${parent}${name}${rest}`)
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  }
}

export const answer = (found) => packageList(found)
