#!/usr/bin/env node
/** Where Node is too old, or the binding does not load, what to do is printed, and not the place in our own code that found out. */
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`error: framework-m needs Node 20.19 or later, and this is ${process.versions.node}.`)
  process.exit(2)
}
try {
  const { run } = await import('../dist/command.js')
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  if (error?.code !== 'FRAMEWORK_M_NO_BINDING') throw error
  console.error(`error: ${error.message}`)
  process.exitCode = 2
}
