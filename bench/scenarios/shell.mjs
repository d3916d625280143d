/** What each plugin adds to what a browser loads before anything is clicked. */
import { application, pagesOf } from '../application.mjs'
import { atMost } from '../bars.mjs'
import { count, number } from '../format.mjs'
import { ours, peer } from '../methods.mjs'

export const id = 'shell'
export const title = "The shell's first load"
export const about = `The app of the build, with more and more plugins of eight pages: the entry chunk and all that it imports statically,
minified. What a plugin adds is the slope between two sizes. Bytes are the same in every build, so one build is enough.`

export async function measure(bench) {
  const rows = []
  const bars = []
  let before
  for (const plugins of bench.quick ? [10, 50] : [10, 100, 500]) {
    const found = await built(bench, plugins)
    rows.push(row(found, before))
    bars.push(atMost(`pages in the first load, ${count(plugins)} plugins`, 0, found.us.answer.eager, 'pages'))
    if (before) bars.push(metadataOnly(found, before))
    before = found
  }
  return {
    tables: [
      {
        caption: 'bytes, raw and gzip; “added” is for each plugin more than in the row above',
        columns: [
          'plugins',
          'raw',
          'gzip',
          'added raw',
          'added gzip',
          'added raw, by hand',
          'added gzip, by hand',
        ],
        rows,
      },
    ],
    bars,
  }
}

async function built(bench, plugins) {
  const app = application(plugins)
  try {
    bench.progress(`building with ${plugins} plugins`)
    const us = await bench.take(ours('Framework M', 'build', app), true)
    const byHand = await bench.take(await peer('by-hand', app), true)
    for (const { answer } of [us, byHand])
      if (answer.pages !== pagesOf(plugins))
        throw new Error(`${answer.pages} pages were built, of ${pagesOf(plugins)}`)
    const host = await bench.take(
      ours('', 'compose', { root: app.root, shell: app.composed }, { once: true }),
    )
    return { plugins, us, byHand, host: host.measures.host }
  } finally {
    app.dispose()
  }
}

/** The bytes that each plugin adds. */
const slope = (now, before, of) => (of(now) - of(before)) / (now.plugins - before.plugins)

function row(now, before) {
  const added = (of) => (before ? number(slope(now, before, of)) : '–')
  return [
    count(now.plugins),
    count(now.us.measures.raw),
    count(now.us.measures.gzip),
    added(({ us }) => us.measures.raw),
    added(({ us }) => us.measures.gzip),
    added(({ byHand }) => byHand.measures.raw),
    added(({ byHand }) => byHand.measures.gzip),
  ]
}

/** A plugin may add its part of the host module, which is its metadata, and nothing else. */
function metadataOnly(now, before) {
  const raw = slope(now, before, ({ us }) => us.measures.raw)
  const host = slope(now, before, ({ host }) => host)
  return atMost(
    `first load a plugin, ${before.plugins} to ${now.plugins}, to its text in the host module`,
    1,
    raw / host,
    '×',
  )
}
