/** Those that end a process unless somebody listens: Ctrl-C, a manager of processes, a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const cleanups = new Set<() => void>()

/** Calls once the process ends, by itself or by a signal. What is returned takes that back. */
export function atEnd(clean: () => void): () => void {
  if (cleanups.size === 0) listen()
  cleanups.add(clean)
  return () => {
    if (cleanups.delete(clean) && cleanups.size === 0) unlisten()
  }
}

function listen(): void {
  process.on('exit', cleanAll)
  for (const signal of SIGNALS) process.on(signal, ended)
}

function unlisten(): void {
  process.off('exit', cleanAll)
  for (const signal of SIGNALS) process.off(signal, ended)
}

/** A signal that somebody listens to does not end the process; and where nobody else does, it has to. */
function ended(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  cleanAll()
  unlisten()
  process.kill(process.pid, signal)
}

function cleanAll(): void {
  for (const clean of cleanups) clean()
}
