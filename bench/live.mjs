/** How long it takes from a write to the update that a page is told of. See `README.md` beside this file. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Composer } from '@framework-m/composer'
import { Page } from './page.mjs'
import { quantile } from './statistics.mjs'
import { config, generate, OWN, own } from './workspace.mjs'

const SIZES = [100, 1000]
/** The first round warms everything up, and is dropped. */
const ROUNDS = 1 + Number(process.env.ROUNDS ?? 25)
/** Between two edits: the disk, both watchers and the server come to rest. */
const REST = 150
const HOST = '/@id/__x00__virtual:framework-m-plugins'

/** A dev server, and a page that has asked for modules. */
async function serve(shell, modules, ...flags) {
  const server = fork(join(import.meta.dirname, 'server.mjs'), [shell, ...flags], { stdio: 'inherit' })
  const url = await new Promise((resolve, reject) => {
    server.once('message', resolve)
    server.once('exit', () => reject(new Error('the dev server has ended')))
  })
  const page = await Page.open(url)
  for (const module of modules) await page.ask(module)
  const close = async () => {
    page.close()
    const ended = once(server, 'exit')
    server.disconnect()
    await ended
  }
  return { page, close }
}

/** What is measured, by name: each does one edit and returns its milliseconds. */
async function measures(watched, served) {
  const plain = await serve(watched.shell, [`/${OWN}`], '--plain')
  const composed = await serve(served.shell, ['/src/main.js', HOST, `/${OWN}`])
  const composer = new Composer({ root: watched.root, shell: watched.shell })
  let heard = () => {}
  const watcher = composer.watch(() => heard(performance.now()))
  let edits = 0
  const editConfig = (workspace) => {
    const index = Math.floor(Math.random() * workspace.plugins)
    return timed(workspace.config(index), config(index, `label ${++edits}`))
  }
  const editOwn = ({ shell }) => timed(join(shell, OWN), own(`label ${++edits}`))
  const update = async ({ page }, path, edit) => {
    const next = page.next(path)
    const start = edit()
    const { at, update } = await next
    const text = await page.take(update)
    return { time: at - start, until: performance.now() - start, text }
  }

  return {
    async close() {
      watcher.close()
      await Promise.all([plain.close(), composed.close()])
    },
    edits: {
      'Vite alone: a module that accepts itself': async () =>
        (await update(plain, `/${OWN}`, () => editOwn(watched))).time,
      'the same module beside Framework M': async () =>
        (await update(composed, `/${OWN}`, () => editOwn(served))).time,
      'a label in a configuration': async () => (await update(composed, HOST, () => editConfig(served))).time,
      'the same, until the page has the text': async () => {
        const { until, text } = await update(composed, HOST, () => editConfig(served))
        if (!text.includes(`label ${edits}`)) throw new Error('the page was given an old text')
        return until
      },
      'a plugin package is created': async () => {
        const index = served.plugins + ++edits
        const create = () => {
          const start = performance.now()
          served.create(index)
          return start
        }
        const { time, text } = await update(composed, HOST, create)
        if (!text.includes(`plugin-${index}`)) throw new Error('the page was not given the new plugin')
        await wait(REST)
        await update(composed, HOST, () => {
          served.remove(index)
          return performance.now()
        })
        return time
      },
      '`composer.watch` alone, a label': async () => {
        const news = new Promise((resolve) => {
          heard = resolve
        })
        const start = editConfig(watched)
        return (await news) - start
      },
      'starting over: a new `Composer().compose()`': async () => {
        editConfig(watched)
        await wait(REST)
        const start = performance.now()
        new Composer({ root: watched.root, shell: watched.shell }).compose()
        return performance.now() - start
      },
    },
  }
}

/** Writes a file, and returns the time just before. */
function timed(file, text) {
  const start = performance.now()
  writeFileSync(file, text)
  return start
}

/** Every measure once a round, each round in another order. */
async function run(packages) {
  const [watched, served] = [generate(packages), generate(packages)]
  let measured
  try {
    measured = await measures(watched, served)
    await wait(3000) // Whatever is only done at the start is done.
    const names = Object.keys(measured.edits)
    const times = new Map(names.map((name) => [name, []]))
    for (let round = 0; round < ROUNDS; round++)
      for (let step = 0; step < names.length; step++) {
        const name = names[(step + round) % names.length]
        await wait(REST)
        const time = await measured.edits[name]()
        if (round > 0) times.get(name).push(time)
      }
    return times
  } finally {
    await measured?.close()
    watched.dispose()
    served.dispose()
  }
}

function print(packages, times) {
  const base = quantile([...times.values()][0], 0.5)
  console.log(`\n${packages} packages, a fifth of them plugins: ms\n`)
  console.log('| | median | p90 | to Vite |\n| --- | --: | --: | --: |')
  for (const [name, all] of times) {
    const [median, p90] = [quantile(all, 0.5), quantile(all, 0.9)]
    console.log(`| ${name} | ${median.toFixed(1)} | ${p90.toFixed(1)} | ${(median / base).toFixed(2)} |`)
  }
}

const { version } = JSON.parse(readFileSync(new URL(import.meta.resolve('vite/package.json')), 'utf8'))
console.log(
  `${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}, Vite ${version}, ${ROUNDS - 1} rounds`,
)
for (const packages of process.env.SIZES?.split(',').map(Number) ?? SIZES)
  print(packages, await run(packages))
