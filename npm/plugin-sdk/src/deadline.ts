/** More milliseconds than this are no deadline: a timer cannot count them. */
const LONGEST = 2 ** 31

/**
 * What `work` returns, unless it takes longer than `time` milliseconds or `signal` is aborted. Work cannot be stopped:
 * what it does after that is its own affair, and nobody waits for it.
 */
export function within<Value>(
  time: number,
  work: () => Value,
  signal?: AbortSignal,
): Promise<Awaited<Value>> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    signal?.addEventListener('abort', () => reject(signal.reason))
    const late = () => reject(new Error(`it took longer than ${time / 1000} s`))
    const timer = time < LONGEST ? setTimeout(late, time) : undefined
    Promise.resolve()
      .then(work)
      .then(resolve as (value: unknown) => void, reject)
      .finally(() => clearTimeout(timer))
  })
}
