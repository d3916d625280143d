/**
 * The hand-written tool with a cache as good as a cache can be: it is told which file changed, reads that one again with
 * @babel/parser, and joins the text of all plugins. It looks for nothing else that the edit could mean.
 */
import { editor } from '../../label.mjs'
import { median } from '../../statistics.mjs'
import { read } from './babel.mjs'
import { configs } from './configs.mjs'
import { print } from './print.mjs'

export const label = 'hand-written JS + @babel/parser, cached'
export const once = true
const EDITS = 12

export function run(input) {
  const texts = new Map(configs(input).map((file) => [file, print(input.root, [read(file)])]))
  const edit = editor(input.config)
  const alone = []
  const everything = []
  try {
    for (let round = 0; round <= EDITS; round++) {
      const label = edit.write()
      const start = performance.now()
      const text = print(input.root, [read(input.config)])
      const one = performance.now()
      texts.set(input.config, text)
      const module = [...texts.values()].join('')
      const all = performance.now()
      if (!module.includes(label)) throw new Error('the module does not have the edit')
      if (round === 0) continue
      alone.push(one - start)
      everything.push(all - start)
    }
  } finally {
    edit.restore()
  }
  return { alone, everything }
}

export const measures = ({ alone, everything }) => ({
  alone: median(alone),
  everything: median(everything),
})
