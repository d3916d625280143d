/** Compiles the npm packages. */
import { join } from 'node:path'
import { bin, root, run, step } from './run.js'

const FOLDERS = ['composer', 'vite-plugin', 'vite-plugin/inspector', 'plugin-sdk']

export function compilePackages() {
  step('Building the npm packages (TypeScript)')
  // It empties the folder that the others write to.
  run(bin('rolldown'), ['--config', join(root, 'npm/vite-plugin/rolldown.config.js')])
  for (const folder of FOLDERS) run(bin('tsc'), ['--project', join(root, 'npm', folder)])
}

if (import.meta.filename === process.argv[1]) compilePackages()
