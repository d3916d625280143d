/** What scenarios have in common: the sizes, the workspaces, the rounds. */
import { writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { examples } from './native.mjs'
import { workspace } from './recipe.mjs'
import { compete, take } from './rounds.mjs'

/**
 * How many packages, how much around them, how many rounds after the one that is dropped, and for how many milliseconds
 * later calls go on.
 */
const FULL = { sizes: [100, 1000, 5000], tree: 'full', rounds: 5, time: 600 }
const QUICK = { sizes: [100, 1000], tree: 'small', rounds: 2, time: 100 }

/** Files that are this young are read again whatever their stamps say; nobody should be measured with them. */
const YOUNG = 2500

export class Bench {
  /** Every figure that was taken, for machines: a list of `{ scenario, packages, name, first, warm, … }`. */
  samples = []
  /** The scenario that is measured. */
  scenario
  #done = new Map()
  #workspaces = new Map()
  /** Whether a workspace has just been written. */
  #young = false
  #examples

  constructor({ quick = false, progress = () => {}, plan = quick ? QUICK : FULL }) {
    Object.assign(this, plan)
    this.quick = quick
    this.progress = progress
  }

  /** A workspace of so many packages, written on first use, as input for methods. */
  workspace(packages) {
    const known = this.#workspaces.get(packages)
    if (known) return known
    this.progress(`a workspace of ${packages} packages`)
    const { isNew, needed, ...made } = workspace(packages, this.tree)
    this.progress(`${made.entries} files, links and folders${isNew ? '' : ', as they were'}`)
    const list = `${made.root}.needed`
    writeFileSync(list, `${needed.join('\n')}\n`)
    const input = { ...made, list }
    this.#workspaces.set(packages, input)
    this.#young = isNew
    return input
  }

  /** The programs in Rust, built on first use. */
  examples() {
    if (!this.#examples) this.progress('building the programs in Rust')
    this.#examples ??= examples()
    return this.#examples
  }

  /** As `compete` in `rounds.mjs`. */
  async compete(methods, options = {}) {
    if (this.#young) await wait(YOUNG)
    this.#young = false
    const results = await compete(methods, {
      rounds: this.rounds,
      time: this.time,
      progress: this.progress,
      ...options,
    })
    const { packages, plugins, items } = methods.find(({ input }) => input)?.input ?? {}
    for (const [name, figures] of results)
      this.samples.push({ scenario: this.scenario, packages, plugins, items, name, ...figures })
    return results
  }

  /** One sample, outside of any round. */
  take(method, wantsAnswer) {
    return take(method, wantsAnswer)
  }

  /** What was measured under this name already, or is now. */
  once(name, measure) {
    if (!this.#done.has(name)) this.#done.set(name, measure())
    return this.#done.get(name)
  }
}
