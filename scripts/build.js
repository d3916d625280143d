/** Builds the native binding, the command and the npm packages. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { bin, root, run, step } from './run.js'

const packages = ['composer', 'vite-plugin', 'plugin-sdk']

export async function build() {
  step('Building the composer (Rust, release)')
  run(
    bin('napi'),
    [
      ...[
        'build',
        '--platform',
        '--release',
        '--esm',
        '--js',
        'index.js',
        '--dts',
        'index.d.ts',
        '--output-dir',
        '.',
      ],
      ...['--manifest-path', '../../crates/composer-napi/Cargo.toml', '--package-json-path', 'package.json'],
    ],
    { cwd: join(root, 'npm/composer') },
  )
  step('Building the npm packages (TypeScript)')
  for (const name of packages) {
    for (const dir of [join(root, 'npm', name), join(root, 'npm', name, 'inspector')])
      if (existsSync(join(dir, 'tsconfig.json'))) run(bin('tsc'), ['--project', dir])
  }
  const { printSizes } = await import('./size.js')
  await printSizes()
}

if (import.meta.filename === process.argv[1]) await build()
