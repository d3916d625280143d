/** `npm test`: sets up, builds, and runs every check and test. */
import { join } from 'node:path'
import { build } from './build.js'
import { bin, root, run, step } from './run.js'
import { setup } from './setup.js'

setup({ browser: true })
step('Formatting and linting')
run(bin('biome'), ['ci', '--error-on-warnings', '.'])
run('cargo', ['fmt', '--all', '--check'])
run('cargo', ['clippy', '--workspace', '--all-targets', '--quiet', '--', '-D', 'warnings'])
await build()
step('Generated files are committed')
run('git', ['diff', '--exit-code', '--stat', '--', 'npm/composer'])
step('Rust tests')
run('cargo', ['test', '--workspace', '--quiet'])
step('Types of the tests')
run(bin('tsc'), ['--project', join(root, 'tests')])
step('Node and browser tests')
run(bin('vitest'), ['run', ...process.argv.slice(2)])
