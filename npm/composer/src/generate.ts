/** `framework-m generate` */
import { resolve } from 'node:path'
import { type Composed, Composer, type Diagnostic } from '../index.js'
import { generated, named, type Places } from './generated.js'
import { type Invocation, UsageError } from './invocation.js'
import { type Location, locate } from './options.js'
import { exitCode, printFrames, summary } from './report.js'
import { type Followed, watching } from './watching.js'
import { type Changes, write } from './write.js'

/** Writes what comes of the composition. Returns the exit code, while watching once a signal ends it. */
export function generate(
  invocation: Invocation,
  open = (location: Location): Followed => new Composer(location),
): number | Promise<number> {
  const places = placesOf(invocation)
  const print = invocation.options.json ? forMachines(invocation) : forPeople(invocation)
  const composer = open(locate(invocation))
  const update = (composed: Composed) => print(write(generated(composed, places)), composed)
  if (invocation.options.watch) return watching(composer, update)
  const composed = composer.compose()
  update(composed)
  return exitCode(composed.diagnostics)
}

function placesOf({ options: { dts, module } }: Invocation): Places {
  if (dts !== undefined && !/\.d\.[cm]?ts$/.test(dts)) {
    throw new UsageError(`\`--dts\` names a declaration file, \`.d.ts\`, and was given \`${dts}\``)
  }
  if (module !== undefined && !/[^/\\]\.m?js$/.test(module)) {
    throw new UsageError(
      `\`--module\` names a JavaScript module, \`.js\` or \`.mjs\`, and was given \`${module}\``,
    )
  }
  return {
    ...(dts !== undefined && { dts: resolve(dts) }),
    ...(module !== undefined && { module: resolve(module) }),
  }
}

type Print = (changes: Changes, composed: Composed) => void

/** One object; while watching, one a line. */
function forMachines({ options: { watch } }: Invocation): Print {
  return (changes, composed) => {
    const names = (files: string[]) => files.map((file) => named(composed, file))
    const { written, unchanged, removed } = changes
    const paths = { written: names(written), unchanged: names(unchanged), removed: names(removed) }
    console.log(JSON.stringify({ ...paths, diagnostics: composed.diagnostics }, null, watch ? 0 : 2))
  }
}

/** Diagnostics as `check` prints them, where they are others than those above them. */
function forPeople({ options: { watch } }: Invocation): Print {
  let printed = '[]'
  return (changes, composed) => {
    const time = watch ? `${new Date().toTimeString().slice(0, 8)} ` : ''
    console.log(time + sentence(changes, composed))
    const diagnostics = JSON.stringify(composed.diagnostics)
    if (diagnostics !== printed) report(composed.diagnostics)
    printed = diagnostics
  }
}

function report(diagnostics: Diagnostic[]): void {
  printFrames(diagnostics, console.log)
  if (diagnostics.length === 0) console.log(summary(diagnostics))
}

/** `wrote shell/framework-m.d.ts; removed shell/src/plugins.gen/wms.js` */
function sentence({ written, removed }: Changes, composed: Composed): string {
  const parts = [
    ['wrote', written],
    ['removed', removed],
  ] as const
  const said = parts.filter(([, files]) => files.length > 0)
  return said.map(([verb, files]) => `${verb} ${list(files, composed)}`).join('; ') || 'up to date'
}

function list(files: string[], composed: Composed): string {
  const names = files.map((file) => named(composed, file))
  return names.length > 5 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ')
}
