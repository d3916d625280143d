/** Compiles the npm packages. */
import { join } from 'node:path'
import { bin, root, run, step } from './run.js'

const FOLDERS = ['composer', 'vite-plugin', 'vite-plugin/inspector', 'plugin-sdk']

export function compilePackages() {
  step('Building the npm packages (TypeScript)')
  for (const folder of FOLDERS) run(bin('tsc'), ['--project', join(root, 'npm', folder)])
}

if (import.meta.filename === process.argv[1]) compilePackages()
