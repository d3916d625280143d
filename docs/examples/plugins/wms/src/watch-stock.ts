/** Looks every minute, and at once, until `signal` is aborted. */
export function countDown(signal: AbortSignal, look: () => Promise<void>): void {
  const timer = setInterval(look, 60_000)
  signal.addEventListener('abort', () => clearInterval(timer))
  void look()
}
