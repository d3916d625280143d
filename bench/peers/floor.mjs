/** The same floor in JavaScript: `readFileSync` of exactly the needed files, and nothing else. */
import { readFileSync } from 'node:fs'

export const label = 'floor: `readFileSync` of the needed files'
let files

export function before({ list }) {
  files ??= readFileSync(list, 'utf8').trimEnd().split('\n')
}

export function run() {
  let bytes = 0
  for (const file of files) bytes += readFileSync(file).length
  return bytes
}
