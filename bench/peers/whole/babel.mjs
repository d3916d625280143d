/** Hand-written JS with @babel/parser: `parse(text, { sourceType: 'module', plugins: ['typescript'] })`, then the tree is read. */
import { readFileSync } from 'node:fs'
import { parse } from '@babel/parser'
import { contributions } from '../../answer.mjs'
import { configs } from './configs.mjs'
import { print } from './print.mjs'
import { defaultExport } from './static-value.mjs'

export const label = 'hand-written JS + @babel/parser'

export function run(input) {
  const plugins = configs(input).map(read)
  return { plugins, module: print(input.root, plugins) }
}

/** A configuration's value, with the file that it is from. */
export function read(file) {
  const tree = parse(readFileSync(file, 'utf8'), { sourceType: 'module', plugins: ['typescript'] })
  return { file, value: defaultExport(tree.program) }
}

export const answer = ({ plugins }) => contributions(plugins.map(({ value }) => value))
