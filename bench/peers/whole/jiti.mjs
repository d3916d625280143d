/**
 * jiti, with which Nuxt, ESLint and others load configurations: `createJiti(url, { fsCache: false })`, then
 * `await jiti.import(file, { default: true })`. Its cache on disk is off: a first run on a CI machine has none.
 */
import { createJiti } from 'jiti'
import { contributions } from '../../answer.mjs'
import { configs } from './configs.mjs'
import { print } from './print.mjs'

export const label = 'jiti, no cache on disk'

/** A second call would be answered from the cache of modules. */
export const once = true

export async function run(input) {
  const jiti = createJiti(import.meta.url, { fsCache: false })
  const plugins = []
  for (const file of configs(input)) plugins.push({ file, value: await jiti.import(file, { default: true }) })
  return { plugins, module: print(input.root, plugins) }
}

export const answer = ({ plugins }) => contributions(plugins.map(({ value }) => value))
