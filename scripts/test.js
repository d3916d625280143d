/** `npm test`: sets up, builds, and runs every check and test. */
import { build } from './build.js'
import { bin, run, step } from './run.js'
import { setup } from './setup.js'

setup({ browser: true })
step('Formatting and linting')
run(bin('biome'), ['ci', '.'])
run('cargo', ['fmt', '--all', '--check'])
run('cargo', ['clippy', '--workspace', '--all-targets', '--quiet', '--', '-D', 'warnings'])
await build()
step('Generated files are committed')
run('git', ['diff', '--exit-code', '--stat', '--', 'npm/composer'])
step('Rust tests')
run('cargo', ['test', '--workspace', '--quiet'])
step('Node and browser tests')
run(bin('vitest'), ['run', ...process.argv.slice(2)])
