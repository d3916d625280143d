import { SourceTextModule, SyntheticModule } from 'node:vm'
import { expect, vi } from 'vitest'

/** Runs the host module in a context of its own. One for a dev server also imports what keeps it up to date. */
export async function execute(code: string) {
  const loaded: string[] = []
  const module = new SourceTextModule(code, {
    importModuleDynamically: (specifier) => {
      loaded.push(specifier)
      return new SyntheticModule([], () => {})
    },
  })
  await module.link(async (specifier) => {
    if (specifier !== 'virtual:framework-m-live') throw new Error(`the host module imports ${specifier}`)
    vi.resetModules()
    const live: Record<string, unknown> = { ...(await import('../../npm/vite-plugin/src/vite/live.js')) }
    return new SyntheticModule(Object.keys(live), function () {
      for (const [name, value] of Object.entries(live)) this.setExport(name, value)
    })
  })
  await module.evaluate()
  expect((module.namespace as { subscribe?: unknown }).subscribe).toBeTypeOf('function')
  return { exports: JSON.parse(JSON.stringify(module.namespace)) as Record<string, unknown>, loaded }
}
