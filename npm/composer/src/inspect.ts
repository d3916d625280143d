/** `framework-m inspect` */
import { Composer } from '../index.js'
import type { Invocation } from './invocation.js'
import { locate } from './options.js'
import { outside } from './outside.js'
import { exitCode, printFrames } from './report.js'

export function inspect(invocation: Invocation): number {
  const { json = false, 'metadata-key': key = 'framework-m' } = invocation.options
  const { composition, tree, diagnostics, root } = new Composer(
    locate(invocation, json, process.stderr),
  ).compose()
  console.log(json ? JSON.stringify(composition, null, 2) : tree)
  const stranger = json ? undefined : outside(root, key, ['.'])
  if (stranger) console.error(stranger)
  else if (!json && composition.plugins.length === 0 && exitCode(diagnostics) === 0)
    console.error(nothing(key))
  printFrames(json ? [] : diagnostics, console.error)
  return exitCode(diagnostics)
}

function nothing(key: string): string {
  return `No package of the workspace has "${key}" in its package.json. \`framework-m packages\` lists those that there are, and \`framework-m init plugin NAME\` makes a plugin.`
}
