import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Released } from './release.js'

export interface Registry {
  url: string
  close(): void
}

/** Starts a registry that has these packages and no others. */
export async function serveRegistry(packages: Released[]): Promise<Registry> {
  const child = fork(join(import.meta.dirname, 'registry.mjs'), { execArgv: [] })
  child.send(packages)
  const [url] = await once(child, 'message')
  return { url, close: () => void child.kill() }
}
