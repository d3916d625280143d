/** `node scripts/native.js --release`: builds the binding for Node and its types; options go on to `napi build`. */
import { join } from 'node:path'
import { bin, root, run } from './run.js'

/** Without the loader that `napi build` writes: ours tries fewer files, starts no process, and says what to do. */
const OPTIONS = [
  ...['--platform', '--no-js', '--dts', 'index.d.ts', '--output-dir', '.'],
  ...['--manifest-path', '../../crates/composer-napi/Cargo.toml', '--package-json-path', 'package.json'],
]

export function native(options) {
  run(bin('napi'), ['build', ...OPTIONS, ...options], { cwd: join(root, 'npm/composer') })
}

if (import.meta.filename === process.argv[1]) native(process.argv.slice(2))
