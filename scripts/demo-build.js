/** `npm run demo:build`: the demo as it would be deployed. */
import { join } from 'node:path'
import { build } from './build.js'
import { bin, root, run, step } from './run.js'
import { setup } from './setup.js'

setup({ browser: false })
await build()
step('Building fixtures/erp')
run(bin('vite'), ['build', ...process.argv.slice(2)], { cwd: join(root, 'fixtures/erp/frontend') })
