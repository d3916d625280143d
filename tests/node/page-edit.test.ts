import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Composer } from '@framework-m/composer'
import { createServer, type HotPayload, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pluginFor } from '../../npm/vite-plugin/src/vite/plugin.js'

const PAGE = `export default 'before'\nif (import.meta.hot) import.meta.hot.accept()\n`

let root: string
let server: ViteDevServer
const asked: string[] = []

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-page-')))
  write('package.json', '{ "name": "shop", "framework-m": true }')
  write(
    'plugin.config.js',
    `export default { routes: [{ path: '/page', component: () => import('./page.js') }] }\n`,
  )
  write('page.js', PAGE)
  const plugin = pluginFor((options) => {
    const composer = new Composer(options)
    const never = (paths: string[]) => {
      asked.push(...paths)
      return new Promise<void>(() => {})
    }
    return {
      compose: () => composer.compose(),
      judge: (findings) => composer.judge(findings),
      importsIn: (file, text) => composer.importsIn(file, text),
      exportsIn: (text) => composer.exportsIn(text),
      watch: () => ({ changed: never, close() {} }) as unknown as ReturnType<Composer['watch']>,
    }
  })
  server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [plugin({ dts: false })],
    server: { port: 0 },
    optimizeDeps: { noDiscovery: true },
  })
  await server.listen()
})
afterAll(async () => {
  await server?.close()
  rmSync(root, { recursive: true })
})

test('an edit of a page does not wait for the composer, one of a configuration does', async () => {
  const { client } = server.environments
  await client.transformRequest('/page.js')
  await client.transformRequest('/plugin.config.js')
  const updated = new Promise<HotPayload>((resolve) => {
    client.hot.send = ((payload: HotPayload) => resolve(payload)) as typeof client.hot.send
  })
  write('plugin.config.js', `export default { label: 'Other' }\n`)
  await expect.poll(() => asked).toEqual([join(root, 'plugin.config.js').replaceAll('\\', '/')])
  write('page.js', PAGE.replace('before', 'after'))
  expect(await updated).toMatchObject({ type: 'update', updates: [{ path: '/page.js' }] })
  expect(asked).toHaveLength(1)
})
