/** What the disk is asked: counted, so that no machine's speed decides. */
import { atMost } from '../bars.mjs'
import { count } from '../format.mjs'
import { program } from '../methods.mjs'

export const id = 'files'
export const title = 'Files opened'
export const about = `A fresh composition on a disk that counts. Opened are files that were read and folders that were listed; the bar is one
file a package, each plugin's own files, one folder a level of each pattern that lists, and five more. A plugin here has two:
its configuration, and its \`tsconfig.json\`, whose \`paths\` come before packages. Questions about kinds, links and stamps
open nothing, and some of them are answered by what another one has learnt: those that reach the disk are counted.`

/** `pnpm-workspace.yaml`, the lock file that tells the tool, what the shell resolves itself. */
const MORE = 5
/** `plugin.config.ts` and `tsconfig.json`. */
const OWN = 2

export async function measure(bench) {
  const { questions } = bench.examples()
  const rows = []
  const bars = []
  for (const packages of bench.sizes) {
    const { root, shell, plugins, patterns } = bench.workspace(packages)
    const { measures } = await bench.take(program('questions', questions, [root, shell]))
    if (measures.packages !== packages)
      throw new Error(`${measures.packages} packages were found, of ${packages}`)
    const levels = patterns.join().match(/\*/g).length
    const { read, listed, kinds, realPaths, stamps } = measures
    rows.push([packages, read, listed, kinds, realPaths, stamps].map(count))
    const limit = packages + OWN * plugins + levels + MORE
    bars.push(atMost(`files and folders opened, ${count(packages)} packages`, limit, read + listed, ''))
  }
  return {
    tables: [
      {
        caption: 'One composition',
        columns: ['packages', 'files read', 'folders listed', 'kinds', 'links', 'stamps'],
        rows,
      },
    ],
    bars,
  }
}
