/** A folder of pages for a rival, written once for each number of items. */
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Writes `[path, text]` pairs to a folder of that name, unless they are there. Returns the folder. */
export function folder(name, files) {
  const root = join(realpathSync(tmpdir()), 'framework-m-bench', name)
  const mark = `${root}.complete`
  if (existsSync(mark)) return root
  rmSync(root, { recursive: true, force: true })
  for (const [path, text] of files) {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  writeFileSync(mark, '')
  return root
}

/** `item-0000` and so on. */
export const names = (items) =>
  Array.from({ length: items }, (_, index) => `item-${String(index).padStart(4, '0')}`)

/** The lines of a page that are the same for all frameworks: somebody's code. */
export const body = (name) => `
const columns = ['number', 'label', 'amount', 'warehouse', 'changed']
const title = 'The goods of ${name}, as they are today in all warehouses and shops'

export function sum(rows: { amount: number }[]): number {
  return rows.reduce((all, { amount }) => all + amount, 0)
}

export function heading(rows: { amount: number }[]): string {
  return \`\${title}: \${sum(rows)} in \${columns.length} columns\`
}
`
