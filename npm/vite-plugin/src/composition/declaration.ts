import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes the composition's types, unless they stand there already: an editor need not read them again. */
export function writeDeclaration(file: string, types: string): void {
  if (current(file) === types) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, types)
}

function current(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
