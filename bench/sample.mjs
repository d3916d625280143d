/**
 * One sample: a method in a process of its own. `node sample.mjs FILE INPUT [--answer] [--once] [--time=MS]`
 * prints a line of JSON.
 *
 * A method is a module. `run(input)` is what is timed; its first call is the one that a command makes, later ones are
 * what a process that lives on sees. `before(input)` is not timed, `answer(result, input)` neither. `once` methods are
 * called once, and with `--once` all are. `measures(result, input)` gives further numbers by name, and `close(result)` ends what was started.
 */
import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** Later calls are at least and at most so many. */
const LATER = { least: 3, most: 15 }

const [file, input, ...flags] = process.argv.slice(2)
/** For how long later calls go on, in milliseconds. */
const time = Number(flags.find((flag) => flag.startsWith('--time='))?.slice('--time='.length) ?? 1000)
const asked = JSON.parse(input)

const loading = performance.now()
const method = await import(pathToFileURL(file).href)
const load = performance.now() - loading

async function call() {
  await method.before?.(asked)
  const before = process.cpuUsage()
  const start = performance.now()
  const returned = method.run(asked)
  // Synchronous methods must not pay for a turn of the event loop.
  const result = returned instanceof Promise ? await returned : returned
  const time = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  return { result, time, processor: (user + system) / 1000 }
}

const peak = () => process.resourceUsage().maxRSS * 1024

const base = peak()
const { result, time: first } = await call()
const memory = peak()
const measures = (await method.measures?.(result, asked)) ?? {}
const answer = flags.includes('--answer') ? await method.answer?.(result, asked) : undefined
await method.close?.(result)

const later = []
const until = performance.now() + time
const goesOn = () => later.length < LATER.least || performance.now() < until
const isOnce = method.once || flags.includes('--once')
while (!isOnce && later.length < LATER.most && goesOn()) later.push(await call())

const sample = {
  load,
  first,
  later: later.map(({ time }) => time),
  processor: later.map(({ processor }) => processor),
  base,
  memory,
  measures,
  answer,
}
const line = Buffer.from(`${JSON.stringify(sample)}\n`)
// `process.exit` does not wait for a pipe, and some methods leave threads behind.
for (let written = 0; written < line.length; ) written += write(line.subarray(written))
process.exit(0)

function write(bytes) {
  try {
    return writeSync(1, bytes)
  } catch (error) {
    if (error.code === 'EAGAIN') return 0
    throw error
  }
}
