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
    const abandon = () => reject(signal?.reason)
    const late = () => reject(new Error(`it took longer than ${time / 1000} s`))
    const timer = Number.isFinite(time) ? setTimeout(late, time) : undefined
    if (signal?.aborted) abandon()
    signal?.addEventListener('abort', abandon, { once: true })
    Promise.resolve()
      .then(work)
      .then(resolve as (value: unknown) => void, reject)
      .finally(() => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', abandon)
      })
  })
}
