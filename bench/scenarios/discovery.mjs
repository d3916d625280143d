/** Discovery alone: which packages there are, and which of them are plugins. */
import { atLeast } from '../bars.mjs'
import { count, number, ratio, spread } from '../format.mjs'
import { ours, peer } from '../methods.mjs'

export const id = 'discovery'
export const title = 'Discovery alone'
export const about = `\`packages({ root })\`, which is what \`framework-m packages\` prints, beside what people find packages with. All give the
folders of all packages and the tags of those that have one. The hand-written finder knows this repository's shape and
parses only what is tagged; the globs ignore \`node_modules\`, and every manifest that they find is parsed; @manypkg and pnpm's
finder know the tools' rules, as we do.`

const OURS = 'Framework M'
const BARS = { 'hand-written': 2, tinyglobby: 5, manypkg: 6, pnpm: 12 }

/** The samples of one size, and the peers' names by module. */
export function discovered(bench, packages) {
  return bench.once(`discovery at ${packages}`, async () => {
    const input = bench.workspace(packages)
    const modules = ['hand-written', 'tinyglobby', 'tinyglobby-async', 'fast-glob', 'manypkg', 'pnpm']
    const peers = await Promise.all(modules.map((module) => peer(`discovery/${module}`, input)))
    const results = await bench.compete([ours(OURS, 'packages', input), ...peers])
    const names = Object.fromEntries(modules.map((module, index) => [module, peers[index].name]))
    return { packages, results, ours: OURS, names }
  })
}

export async function measure(bench) {
  const found = []
  for (const packages of bench.sizes) found.push(await discovered(bench, packages))
  return {
    tables: found.map(table),
    bars: found.filter(({ packages }) => packages >= 1000).flatMap(promised),
  }
}

function table({ packages, results, ours }) {
  const us = results.get(ours)
  return {
    caption: `${count(packages)} packages, milliseconds; loading the module is not in the calls`,
    columns: ['', 'loading', 'first call', 'later calls', 'spread', 'to ours', 'processor'],
    rows: [...results].map(([name, { load, first, warm, processor }]) => [
      name,
      number(load.median),
      number(first.median),
      number(warm.median),
      spread(warm),
      ratio(warm.median / us.warm.median),
      number(processor.median),
    ]),
  }
}

function promised({ packages, results, ours, names }) {
  const warm = (name) => results.get(name).warm.median
  return Object.entries(BARS).map(([module, limit]) =>
    atLeast(
      `${names[module]} to discovery, ${count(packages)} packages`,
      limit,
      warm(names[module]) / warm(ours),
      '×',
    ),
  )
}
