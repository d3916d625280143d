/** What a watcher leaves behind when it is ended as people end it. */
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { manyPlugins, workspace } from './workspace.js'

test.each(['SIGINT', 'SIGTERM'] as const)('by %s a build that watches leaves nothing', async (signal) => {
  const app = workspace(manyPlugins(1))
  const temporary = join(app.root, 'tmp')
  mkdirSync(temporary)
  const script = join(import.meta.dirname, 'ended-watch.js')
  const child = spawn(process.execPath, [script], {
    cwd: app.shell,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  expect(readdirSync(temporary)).toEqual([expect.stringMatching(/^framework-m-/)])
  const ended = new Promise((resolve) => child.once('exit', (_, by) => resolve(by)))
  child.kill(signal)
  // Who started the process is told that the signal ended it.
  expect(await ended).toBe(signal)
  expect(readdirSync(temporary)).toEqual([])
  app.remove()
})
