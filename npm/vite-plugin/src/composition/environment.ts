/**
 * An expression, `import.meta.env.MODE` or `process.env.NODE_ENV` → the value that the bundler puts in its place.
 * `import.meta.env` is `true` where all that it has is named, so that nothing else is in it.
 */
export type Environment = Record<string, string | number | boolean | null>

const ENVIRONMENT = /^(?:import\.meta|process)\.env\.\w+$/

/**
 * What stands in a program for its environment: `meta` by the name in `import.meta.env`, `define` by expression, and what
 * takes the place of `process.env.NODE_ENV`.
 */
export function environment(
  meta: Record<string, unknown>,
  define: Record<string, unknown> | undefined,
  nodeEnv: unknown,
): Environment {
  const found: Array<[string, unknown]> = [['process.env.NODE_ENV', nodeEnv]]
  for (const [name, value] of Object.entries(meta)) found.push([`import.meta.env.${name}`, value])
  for (const [expression, value] of flat(define ?? {})) {
    if (ENVIRONMENT.test(expression))
      found.push([expression, typeof value === 'string' ? parsed(value) : value])
  }
  const known = new Set(found.filter(([, value]) => isPlain(value)).map(([expression]) => expression))
  const said = flat(define ?? {}).map(([expression]) => expression)
  const isComplete = said.every((it) => !it.startsWith('import.meta') || known.has(it))
  if ('MODE' in meta && isComplete) found.push(['import.meta.env', true])
  const plain = found.filter((pair): pair is [string, Environment[string]] => isPlain(pair[1]))
  return Object.fromEntries(plain.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** webpack's way to say several at once: `{ 'process.env': { TIER: '"gold"' } }`. */
function flat(define: Record<string, unknown>): Array<[string, unknown]> {
  return Object.entries(define).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? flat(Object.fromEntries(Object.entries(value).map(([key, inner]) => [`${name}.${key}`, inner])))
      : [[name, value] as [string, unknown]],
  )
}

/** A string in `define` is an expression; one that is no literal has no value before the program runs. */
function parsed(expression: string): unknown {
  try {
    return JSON.parse(expression)
  } catch {
    return /^'([^'\\]*)'$/.exec(expression)?.[1]
  }
}

function isPlain(value: unknown): value is Environment[string] {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}
