/** `framework-m packages` */
import { packages as discover, type Package } from '../index.js'
import type { Invocation } from './invocation.js'
import { locate } from './options.js'
import { exitCode, printFrames } from './report.js'

export function packages(invocation: Invocation): number {
  const { packages, packageManager, diagnostics } = discover(locate(invocation, false, process.stderr))
  if (invocation.options.json) {
    console.log(
      JSON.stringify(
        packages.map(({ name, version, dir, tag }) => ({ name, version, dir, tag })),
        null,
        2,
      ),
    )
  } else {
    console.log(`${packages.length} ${packages.length === 1 ? 'package' : 'packages'} (${packageManager})`)
    const width = Math.max(0, ...packages.map(({ dir }) => dir.length))
    for (const item of packages) console.log(line(item, width))
  }
  // The list has no place for them, and machines read stdout alone.
  printFrames(diagnostics, console.error)
  return exitCode(diagnostics)
}

function line({ name, version, dir, tag }: Package, width: number): string {
  const title = [name ?? '(no name)', version].filter(Boolean).join(' ')
  return `${dir.padEnd(width)}  ${title}${tag === null ? '' : '  [plugin]'}`
}
