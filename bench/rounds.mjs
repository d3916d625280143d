/** Methods against each other: each sample in a fresh process, in rounds, each round in another order. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { agree } from './answer.mjs'
import { median, rotated, summary } from './statistics.mjs'

const run = promisify(execFile)
const BIGGEST_ANSWER = 256 * 1024 * 1024

/**
 * Takes samples of methods and sums them up, by name. A method is `{ name, file, input }` for a module as `sample.mjs`
 * describes it, or `{ name, command }` for a program that prints the same line; `rounds` bounds how often it takes part,
 * for those that take long, and `once` asks for first calls only.
 *
 * The first round warms up the disk and is dropped. In it every method says what it found, and whoever found something
 * else than the first method ends the run: a fast wrong answer is none. `before` is awaited before each sample;
 * with `check: false` nothing is compared, for methods with different jobs. `time` is for how long later calls go on.
 */
export async function compete(
  methods,
  { rounds, time, check = true, before = () => {}, progress = () => {} },
) {
  const samples = new Map(methods.map(({ name }) => [name, []]))
  const answers = []
  for (let round = 0; round <= rounds; round++) {
    for (const method of rotated(methods, round)) {
      if (round > (method.rounds ?? rounds)) continue
      progress(`${round === 0 ? 'checking' : `round ${round} of ${rounds}`}: ${method.name}`)
      await before(method)
      const sample = await take({ time, ...method }, check && round === 0)
      if (round > 0) samples.get(method.name).push(sample)
      else if (sample.answer !== undefined) answers.push({ name: method.name, answer: sample.answer })
    }
  }
  for (const other of answers.slice(1)) agree(answers[0], other)
  return new Map([...samples].map(([name, taken]) => [name, summed(taken)]))
}

/** One sample of a method. */
export async function take({ name, file, input, command, once, time }, wantsAnswer = false) {
  const [program, ...given] = command ?? [
    process.execPath,
    join(import.meta.dirname, 'sample.mjs'),
    file,
    JSON.stringify(input),
    ...(wantsAnswer ? ['--answer'] : []),
    ...(once ? ['--once'] : []),
    ...(time ? [`--time=${time}`] : []),
  ]
  try {
    const { stdout } = await run(program, given, { maxBuffer: BIGGEST_ANSWER })
    return JSON.parse(stdout.trimEnd().split('\n').at(-1))
  } catch (error) {
    throw new Error(`“${name}” failed: ${error.stderr || error.message}`, { cause: error })
  }
}

/** The samples of one method as figures. Later calls of one process are one number: their median. */
function summed(taken) {
  const of = (number) => summary(taken.map(number))
  const names = Object.keys(taken[0].measures)
  return {
    load: of(({ load }) => load),
    first: of(({ first }) => first),
    whole: of(({ load, first }) => load + first),
    ...(taken[0].later.length > 0 && { warm: of(({ later }) => median(later)) }),
    ...(taken[0].processor?.length > 0 && { processor: of(({ processor }) => median(processor)) }),
    base: of(({ base }) => base),
    memory: of(({ memory }) => memory),
    measures: Object.fromEntries(names.map((name) => [name, of(({ measures }) => measures[name])])),
  }
}
