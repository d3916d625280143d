/** Edits of a configuration's label: what changes on every save, and in the text of the host module. */
import { readFileSync, writeFileSync } from 'node:fs'

/** An editor of one configuration. `write` gives it another label and returns that; `restore` puts the text back. */
export function editor(file) {
  const text = readFileSync(file, 'utf8')
  let edits = 0
  return {
    write() {
      const label = `edited ${process.pid} ${++edits}`
      writeFileSync(file, text.replace(/label: 'Warehouse [^']*'/, `label: '${label}'`))
      return label
    },
    restore: () => writeFileSync(file, text),
  }
}
