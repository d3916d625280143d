import { resolve } from 'node:path'
import { type ConfigEnv, loadEnv, type ResolvedConfig, type UserConfig } from 'vite'
import { type Environment, environment } from '../composition/environment.js'

/** What is known before Vite has resolved its configuration. */
export function expectedEnvironment(
  user: UserConfig,
  { mode, command }: ConfigEnv,
  root: string,
): Environment {
  const folder = user.envDir === false ? undefined : resolve(root, user.envDir ?? '.')
  const loaded = folder === undefined ? {} : loadEnv(mode, folder, user.envPrefix ?? 'VITE_')
  const production = process.env.NODE_ENV === 'production'
  const builtIn = { BASE_URL: expectedBase(user, command), MODE: mode, DEV: !production, PROD: production }
  return environment({ ...loaded, ...builtIn }, user.define, process.env.NODE_ENV)
}

/** A relative base has a meaning for browsers, and only in what is built. */
function expectedBase({ base = '/', build }: UserConfig, command: ConfigEnv['command']): string {
  if (base !== '' && base !== './') return base
  return command === 'build' && !build?.ssr ? './' : '/'
}

export function resolvedEnvironment(config: ResolvedConfig): Environment {
  return environment(config.env, config.define, process.env.NODE_ENV)
}
