/** A dev server in a process of its own: `node server.mjs SHELL [--plain]`. Tells its parent where it listens. */
import { frameworkMPlugin } from '@framework-m/vite-plugin'
import { createServer } from 'vite'

const [shell, plain] = process.argv.slice(2)
const server = await createServer({
  root: shell,
  configFile: false,
  logLevel: 'error',
  plugins: plain ? [] : [frameworkMPlugin()],
  optimizeDeps: { noDiscovery: true }, // There is nothing to optimize.
  server: { port: 0 },
})
await server.listen()
process.on('disconnect', () => process.exit())
process.send(server.resolvedUrls.local[0])
