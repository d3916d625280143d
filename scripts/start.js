/** `npm start`: sets up, builds, prints the composition of the demo, and serves it. */
import { join } from 'node:path'
import { build } from './build.js'
import { bin, root, run, step } from './run.js'
import { setup } from './setup.js'

const shell = join(root, 'fixtures/erp/frontend')

setup({ browser: false })
await build()
step('The composition of fixtures/erp')
run(bin('framework-m'), ['inspect', '--shell', shell])
step('Serving it')
run(bin('vite'), process.argv.slice(2), { cwd: shell })
