/** A clock around plugins: how long a bundler was inside of their hooks. */

/**
 * The same plugins, each hook timed from outside. `elapsed` is how long at least one hook was under way, from the call until
 * it returned or its promise settled: a hook that waits for the bundler counts what it waits, so that is more than its
 * work and never less. `called` is how long calls took to return, which leaves out what a hook does after an `await`.
 */
export function clocked(plugins) {
  const clock = new Clock()
  const wrapped = plugins
    .flat()
    .map((plugin) =>
      Object.fromEntries(Object.entries(plugin).map(([key, hook]) => [key, around(hook, key, clock)])),
    )
  return { plugins: wrapped, clock }
}

function around(hook, key, clock) {
  if (typeof hook === 'function') return timed(hook, key, clock)
  if (typeof hook?.handler === 'function') return { ...hook, handler: timed(hook.handler, key, clock) }
  return hook
}

function timed(hook, key, clock) {
  return function (...given) {
    const { returned, settled } = clock.start(key)
    let result
    try {
      result = hook.apply(this, given)
    } finally {
      returned()
      if (typeof result?.then !== 'function') settled()
    }
    return typeof result?.then === 'function' ? Promise.resolve(result).finally(settled) : result
  }
}

class Clock {
  elapsed = 0
  called = 0
  byHook = new Map()
  #running = 0
  #since = 0
  #depth = 0

  start(key) {
    const start = performance.now()
    if (this.#running++ === 0) this.#since = start
    this.#depth++
    const returned = () => {
      // A hook that calls another of ours has the time already.
      if (--this.#depth === 0) this.called += performance.now() - start
    }
    const settled = () => {
      const end = performance.now()
      this.byHook.set(key, (this.byHook.get(key) ?? 0) + end - start)
      if (--this.#running === 0) this.elapsed += end - this.#since
    }
    return { returned, settled }
  }
}
