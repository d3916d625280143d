/** A production build with `frameworkMPlugin()`, its hooks timed from outside. */
import { frameworkMPlugin } from '@framework-m/vite-plugin'
import { clocked } from '../hooks.mjs'
import { firstLoad, pages, production, sizes } from '../production.mjs'

export const once = true

export async function run({ composed, compressed }) {
  const start = performance.now()
  const { plugins, clock } = clocked(frameworkMPlugin())
  const created = performance.now() - start
  const output = await production(composed, { plugins, compressed })
  return { output, created, clock }
}

export const answer = ({ output }) => pages(output)

export function measures({ output, created, clock }) {
  const hook = Object.fromEntries([...clock.byHook].map(([key, time]) => [`hook ${key}`, time]))
  return {
    ...sizes(firstLoad(output)),
    chunks: output.length,
    hooks: created + clock.elapsed,
    called: created + clock.called,
    ...hook,
  }
}
