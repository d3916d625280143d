import { resolve } from 'node:path'
import { type ConfigEnv, loadEnv, type ResolvedConfig, type UserConfig } from 'vite'

/** An expression, `import.meta.env.MODE` or `process.env.NODE_ENV` → the value that Vite puts in its place. */
export type Environment = Record<string, string | number | boolean | null>

const ENVIRONMENT = /^(?:import\.meta|process)\.env\.\w+$/

/** What is known before Vite has resolved its configuration. */
export function expectedEnvironment(user: UserConfig, { mode }: ConfigEnv, root: string): Environment {
  const folder = user.envDir === false ? undefined : resolve(root, user.envDir ?? '.')
  const loaded = folder === undefined ? {} : loadEnv(mode, folder, user.envPrefix ?? 'VITE_')
  const production = process.env.NODE_ENV === 'production'
  const builtIn = { BASE_URL: user.base ?? '/', MODE: mode, DEV: !production, PROD: production }
  return environment({ ...loaded, ...builtIn }, user.define)
}

export function resolvedEnvironment(config: ResolvedConfig): Environment {
  return environment(config.env, config.define)
}

function environment(meta: Record<string, unknown>, define: Record<string, unknown> = {}): Environment {
  const found: Array<[string, unknown]> = [['process.env.NODE_ENV', process.env.NODE_ENV]]
  for (const [name, value] of Object.entries(meta)) found.push([`import.meta.env.${name}`, value])
  for (const [expression, value] of Object.entries(define)) {
    if (ENVIRONMENT.test(expression))
      found.push([expression, typeof value === 'string' ? parsed(value) : value])
  }
  const plain = found.filter((pair): pair is [string, Environment[string]] => isPlain(pair[1]))
  return Object.fromEntries(plain.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A string in `define` is an expression; one that is not JSON has no value before the program runs. */
function parsed(expression: string): unknown {
  try {
    return JSON.parse(expression)
  } catch {
    return undefined
  }
}

function isPlain(value: unknown): value is Environment[string] {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}
