/**
 * `next`, with every part that is equal in `previous` as it was there: whoever compares by identity sees what has changed
 * and nothing else.
 */
export function shared<Value>(previous: unknown, next: Value): Value {
  if (Object.is(previous, next)) return next
  if (Array.isArray(previous) && Array.isArray(next)) {
    const parts = next.map((part, at) => shared(previous[at], part))
    const same = parts.length === previous.length && parts.every((part, at) => part === previous[at])
    return (same ? previous : parts) as Value
  }
  if (!isPlain(previous) || !isPlain(next)) return next
  const parts = Object.fromEntries(
    Object.entries(next).map(([key, part]) => [key, shared(previous[key], part)]),
  )
  const keys = Object.keys(parts)
  const same =
    keys.length === Object.keys(previous).length && keys.every((key) => parts[key] === previous[key])
  return (same ? previous : parts) as Value
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
