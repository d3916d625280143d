/** What the last build of a shell says of its chunks: `dist/.framework-m/composition.json`. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

interface Report {
  plugins?: { name?: string; chunks?: string[] }[]
}

/** The files that a plugin's chunk of a name became; none where nothing was built. */
export function chunkFiles(shell: string, plugin: string, chunk: string): string[] {
  const own = report(shell)?.plugins?.find(({ name }) => name === plugin)?.chunks ?? []
  return own.filter((file) => isOf(basename(file), chunk))
}

/** Whether a file is `wms-[hash].js`, and not one of `wms-reports-[hash].js`. */
function isOf(file: string, chunk: string): boolean {
  const rest = file.startsWith(`${chunk}-`) ? file.slice(chunk.length + 1) : undefined
  return file === `${chunk}.js` || /^[\w-]{8}\.m?js$/.test(rest ?? '')
}

function report(shell: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(join(shell, 'dist/.framework-m/composition.json'), 'utf8')) as Report
  } catch {
    return undefined
  }
}
