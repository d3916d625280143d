/** Whether one of a bundler's patterns for imports means a package: a name, a regular expression, or several of them. */
export function means(pattern: unknown, name: string): boolean {
  if (pattern instanceof RegExp) return pattern.test(name)
  if (Array.isArray(pattern)) return pattern.some((one) => means(one, name))
  if (typeof pattern === 'function') return Boolean(pattern(name, undefined, false))
  return pattern === name
}
