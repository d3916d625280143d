/** Watches the shell in the current folder, and says when it has built it. */

import { frameworkMPlugin } from '@framework-m/vite-plugin'
import { build } from 'vite'

const watcher = await build({
  configFile: false,
  logLevel: 'silent',
  plugins: [frameworkMPlugin()],
  build: { watch: {} },
})
watcher.on('event', ({ code }) => code === 'END' && process.stdout.write('built'))
