/**
 * `next`, with every part that is equal in `previous` as it was there: whoever compares by identity sees what has changed
 * and nothing else.
 *
 * @param around What `next` is a part of. Where that is `next` itself, it stays as it is.
 */
export function shared<Value>(previous: unknown, next: Value, around = new Set<unknown>()): Value {
  const kind = kindOf(next)
  if (previous === next || !kind || kindOf(previous) !== kind || around.has(next)) return next
  const before = previous as Record<string, unknown>
  around.add(next)
  const parts = Object.entries(next as object).map(
    ([key, part]) => [key, shared(before[key], part, around)] as const,
  )
  around.delete(next)
  const isSame =
    parts.length === Object.keys(before).length &&
    parts.every(([key, part]) => Object.hasOwn(before, key) && part === before[key])
  if (isSame) return previous as Value
  return (kind === Array.prototype ? parts.map(([, part]) => part) : Object.fromEntries(parts)) as Value
}

/** What tells lists and plain objects, which have parts, from all other values; a component of React is one of these. */
function kindOf(value: unknown): unknown {
  const kind = typeof value === 'object' && value && !('$$typeof' in value) && Object.getPrototypeOf(value)
  return (kind === Object.prototype || kind === Array.prototype) && kind
}
