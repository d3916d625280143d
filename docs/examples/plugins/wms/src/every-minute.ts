/** Calls `look` now and every minute, until `signal` is aborted. */
export function everyMinute(signal: AbortSignal, look: () => Promise<void>): void {
  const timer = setInterval(look, 60_000)
  signal.addEventListener('abort', () => clearInterval(timer))
  void look()
}
