#!/usr/bin/env node
/** Where the binding does not load, what to do is printed, and not the place in our own code that found out. */
try {
  const { run } = await import('../dist/command.js')
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  if (error?.code !== 'FRAMEWORK_M_NO_BINDING') throw error
  console.error(`error: ${error.message}`)
  process.exitCode = 2
}
