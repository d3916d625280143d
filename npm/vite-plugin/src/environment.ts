import { resolve } from 'node:path'
import { type ConfigEnv, loadEnv, type ResolvedConfig, type UserConfig } from 'vite'

/** `import.meta.env.X` and `process.env.X` → the value that Vite puts in their place. */
export type Environment = Record<string, unknown>

const META = 'import.meta.env.'

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
  const values: Environment = { 'process.env.NODE_ENV': process.env.NODE_ENV }
  for (const [name, value] of Object.entries(meta)) values[META + name] = value
  for (const [name, value] of Object.entries(define)) {
    if (name.startsWith(META) || name.startsWith('process.env.')) Object.assign(values, defined(name, value))
  }
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A string in `define` is an expression; one that is not JSON has no value before the program runs. */
function defined(name: string, value: unknown): Environment {
  if (typeof value !== 'string') return { [name]: value }
  try {
    return { [name]: JSON.parse(value) as unknown }
  } catch {
    return {}
  }
}
