/** The whole job: from the folder to what the bundler is given. */
import { atLeast, atMost } from '../bars.mjs'
import { count, number, ratio, spread } from '../format.mjs'
import { ours, peer, program } from '../methods.mjs'

export const id = 'compose'
export const title = 'The whole job: find, read, compose, print'
export const about = `Every call starts from nothing: \`new Composer({ root, shell }).compose()\`, and the texts of all modules taken. The
peers find configurations by hand (the fastest discovery in JavaScript), read them, and print a module with the data and one
\`import()\` a plugin; what we do beyond that (the rules of the package manager, the menu's tree, order by dependencies,
conflicts, singletons, types, what to watch) they do not. Objects are made when they are first read, and a bundler reads few:
“every object read” is the rest. jiti is called once: its cache would answer the second call. “The
core alone” is the same in Rust, without the objects for JavaScript. The floors are the needed files (manifests and
configurations) opened and read on one thread, or only asked for their metadata. “Processor” is the time of all threads
together in later calls; esbuild works in a process of its own, which is not in it.`

const OURS = 'Framework M'
const FLOOR = 'floor: open and read, Rust'

/** The samples of one size; other scenarios look at them from another side. */
export function composed(bench, packages) {
  return bench.once(`compose at ${packages}`, async () => {
    const input = bench.workspace(packages)
    const { floor, stages } = bench.examples()
    const peers = {
      babel: await peer('whole/babel', input),
      esbuild: await peer('whole/esbuild', input),
      jiti: await peer('whole/jiti', input, { rounds: bench.quick || packages > 1000 ? 1 : 2 }),
    }
    const again = ours('Framework M, the same composer again', 'again', input)
    const methods = [
      ours(OURS, 'compose', input),
      again,
      ours('Framework M, and every object read', 'objects', input),
      program('Framework M, the core alone', stages, [input.root, input.shell]),
      peers.babel,
      peers.esbuild,
      ...(bench.quick && packages > 100 ? [] : [peers.jiti]),
      program(FLOOR, floor, ['read', input.list]),
      program('floor: metadata, Rust', floor, ['stat', input.list]),
      await peer('floor', input),
    ]
    const results = await bench.compete(methods)
    const names = Object.fromEntries(Object.entries(peers).map(([key, { name }]) => [key, name]))
    return { packages, plugins: input.plugins, results, ours: OURS, floor: FLOOR, ...names }
  })
}

export async function measure(bench) {
  const tables = []
  const bars = []
  for (const packages of bench.sizes) {
    const found = await composed(bench, packages)
    tables.push(table(found))
    if (packages >= 1000) bars.push(...promised(found))
  }
  return { tables, bars }
}

function table({ packages, plugins, results, ours }) {
  const us = results.get(ours)
  return {
    caption: `${count(packages)} packages, ${count(plugins)} plugins, milliseconds`,
    columns: ['', 'first call', 'to ours', 'later calls', 'spread', 'to ours', 'processor'],
    rows: [...results].map(([name, { first, warm, processor }]) => [
      name,
      number(first.median),
      ratio(first.median / us.first.median),
      warm ? number(warm.median) : '–',
      warm ? spread(warm) : '–',
      warm ? ratio(warm.median / us.warm.median) : '–',
      processor ? number(processor.median) : '–',
    ]),
  }
}

function promised({ packages, results, ours, floor, babel, esbuild, jiti }) {
  const warm = (name) => results.get(name).warm.median
  const first = (name) => results.get(name)?.first.median
  const at = `${count(packages)} packages`
  return [
    atMost(`compose to the floor, ${at}`, 2, warm(ours) / warm(floor), '×'),
    atLeast(`hand-written JS + Babel to compose, ${at}`, 6, warm(babel) / warm(ours), '×'),
    atLeast(`esbuild to compose, ${at}`, 12, warm(esbuild) / warm(ours), '×'),
    ...(first(jiti)
      ? [atLeast(`jiti to compose, first calls, ${at}`, 100, first(jiti) / first(ours), '×')]
      : []),
  ]
}
