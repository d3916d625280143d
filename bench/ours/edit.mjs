/**
 * A label is edited while `composer.watch()` runs, as the dev server has it: `watcher.changed([file])` until the callback
 * has the new text. A burst of events is over after 25 ms of silence on purpose (`watch/burst.rs`); that is in `heard`
 * and is no work, so `busy` says for how long the thread of JavaScript could do nothing else.
 */
import { Composer } from '@framework-m/composer'
import { editor } from '../label.mjs'
import { median } from '../statistics.mjs'

export const once = true
const EDITS = 12

export async function run({ root, shell, config }) {
  const composer = new Composer({ root, shell })
  let heard
  const watcher = composer.watch(({ module }) => heard?.({ module, at: performance.now() }))
  await watcher.changed([])
  const edit = editor(config)
  const times = { heard: [], busy: [] }
  try {
    for (let round = 0; round <= EDITS; round++) {
      const news = new Promise((resolve) => {
        heard = resolve
      })
      const label = edit.write()
      const start = performance.now()
      const before = performance.eventLoopUtilization()
      const dealt = watcher.changed([config])
      const { module, at } = await news
      const { active } = performance.eventLoopUtilization(before)
      await dealt
      if (!module.includes(label)) throw new Error('the update does not have the edit')
      if (round === 0) continue
      times.heard.push(at - start)
      times.busy.push(active)
    }
  } finally {
    edit.restore()
    await watcher.changed([config])
    watcher.close()
  }
  return { times, again: composeAgain(root, shell, config) }
}

/** The same without watching: the composer that composed before is asked again. */
function composeAgain(root, shell, config) {
  const composer = new Composer({ root, shell })
  const edit = editor(config)
  const times = []
  try {
    for (let round = 0; round <= EDITS; round++) {
      const label = edit.write()
      const start = performance.now()
      const { module } = composer.compose()
      if (!module.includes(label)) throw new Error('the composition does not have the edit')
      if (round > 0) times.push(performance.now() - start)
    }
  } finally {
    edit.restore()
  }
  return times
}

export const measures = ({ times, again }) => ({
  heard: median(times.heard),
  busy: median(times.busy),
  again: median(again),
})
