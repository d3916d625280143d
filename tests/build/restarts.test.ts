/** A dev server that restarts, as it does whenever its configuration is saved, keeps nothing of the servers before it. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Composer } from '@framework-m/composer'
import { createServer } from 'vite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Session } from '../../npm/vite-plugin/src/composition/session.js'
import { link, manyPlugins, type Workspace, workspace } from './workspace.js'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

let app: Workspace
beforeEach(() => {
  app = workspace(manyPlugins(3))
})
afterEach(() => app.remove())

// Vite 7 keeps every server by itself: each leads to the one before.
test('a dev server forgets what it was before it restarted', async () => {
  link(app.root, '@framework-m/vite-plugin', `${import.meta.dirname}/../../npm/vite-plugin`)
  app.write(
    'frontend/vite.config.mjs',
    `import { frameworkMPlugin } from '@framework-m/vite-plugin'
export default { plugins: [frameworkMPlugin({ dts: false })], optimizeDeps: { noDiscovery: true, include: [] } }
`,
  )
  const server = await createServer({ root: app.shell, logLevel: 'silent', server: { port: 0 } })
  await server.listen()
  const serve = async () => {
    await server.environments.client.transformRequest('virtual:framework-m-plugins')
    return new WeakRef(server.environments.client.moduleGraph)
  }
  const graphs: WeakRef<object>[] = []
  for (let count = 0; count < 5; count++) {
    graphs.push(await serve())
    await server.restart()
  }
  // Of the first server something stays with whoever has created it.
  const alive = () => {
    collect()
    return graphs.slice(1).filter((graph) => graph.deref() !== undefined).length
  }
  await expect.poll(alive, { timeout: 10_000, interval: 100 }).toBe(0)
  await server.close()
})

test('a session that was released composes again for whoever asks', () => {
  let opened = 0
  const session = new Session()
  const before = session.open(() => {
    opened++
    return new Composer({ root: app.root, shell: app.shell })
  })
  session.release()
  expect(opened).toBe(1)
  expect(session.entry('virtual:framework-m-plugins/wms')?.plugin).toBe('wms')
  expect(opened).toBe(2)
  expect(session.composed).not.toBe(before)
  expect(session.composed).toEqual(new Composer({ root: app.root, shell: app.shell }).compose())
})
