/** Watches the shop of the current folder with a bundler until it is built, and then stops. Nothing may keep the process. */
const [, , bundler] = process.argv
const { default: config } = await import(`./${bundler}.config.js`)

if (bundler === 'rolldown' || bundler === 'rollup') {
  const { watch } = await import(bundler)
  const watcher = watch({ ...config, input: 'src/main.js' })
  watcher.on('event', ({ code, result }) => {
    result?.close()
    if (code === 'END') watcher.close().then(() => console.log('closed'))
  })
} else {
  const { default: make } = await import(bundler === 'rspack' ? '@rspack/core' : bundler)
  const compiler = (make.rspack ?? make)({ ...config, entry: './src/main.js' })
  compiler.watch({}, () => compiler.close(() => console.log('closed')))
}
