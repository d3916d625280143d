/** What composing costs in a production build. */
import { application } from '../application.mjs'
import { atMost } from '../bars.mjs'
import { count, number, percent, spread } from '../format.mjs'
import { ours, peer } from '../methods.mjs'

export const id = 'build'
export const title = 'A production build with Vite'
export const about = `A React shell with plugins of eight pages each, one chunk a plugin, beside the same app with everything that composing gives
written into the shell by hand. Vite's \`reportCompressedSize\` is off, so that nobody compresses files to say how large they
are; “compressed sizes” has it on, as it is by default: then Vite compresses them with gzip, and we with gzip and Brotli. The
share of our hooks is of a build without, timed around each of them from outside: “until settled” runs until a hook's promise
settles, so that a hook which waits for the bundler counts what it waits; “called” is until the call returned. “Once more” is
the same build by hand as another method: what differs between those two is noise.`

/** The bar of issue 6: 1.5 %. */
const SHARE = 0.015

export async function measure(bench) {
  const plugins = bench.quick ? 50 : 100
  const app = application(plugins)
  try {
    const us = ours('Framework M', 'build', app)
    const byHand = await peer('by-hand', app)
    const control = { ...byHand, name: `${byHand.name}, once more` }
    const [usToo, byHandToo] = [us, byHand].map((method) => withSizes(method, app))
    const results = await bench.compete([us, byHand, control, usToo, byHandToo])
    const { first, measures } = results.get(us.name)
    const share = measures.hooks.median / first.median
    return {
      tables: [wall(plugins, results), hooks(measures, first)],
      bars: [atMost(`our hooks in a build of ${count(plugins)} plugins`, 100 * SHARE, 100 * share, '%')],
    }
  } finally {
    app.dispose()
  }
}

/** The same method in a build that says how large its files are compressed. */
const withSizes = (method, app) => ({
  ...method,
  name: `${method.name}, compressed sizes`,
  input: { ...app, compressed: true },
})

function wall(plugins, results) {
  return {
    caption: `${count(plugins)} plugins, the whole build`,
    columns: ['', 'milliseconds', 'spread', 'chunks'],
    rows: [...results].map(([name, { first, measures }]) => [
      name,
      number(first.median),
      spread(first),
      count(measures.chunks.median),
    ]),
  }
}

function hooks(measures, build) {
  const row = (name, { median }) => [name, number(median), percent(median / build.median)]
  const each = Object.entries(measures).filter(([name]) => name.startsWith('hook '))
  each.sort(([, a], [, b]) => b.median - a.median)
  return {
    caption: 'Our hooks in it',
    columns: ['', 'milliseconds', 'of the build'],
    rows: [
      row('all, until settled', measures.hooks),
      row('all, called', measures.called),
      ...each
        .slice(0, 6)
        .map(([name, figure]) => row(`\`${name.slice('hook '.length)}\`, until settled`, figure)),
    ],
  }
}
