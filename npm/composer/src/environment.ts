/** What `--env` tells of the environment that a build has. */
import { UsageError } from './invocation.js'

/** Values by expression. */
export type Environment = Record<string, string | boolean>

/**
 * Texts are what bundlers have, but for these three. Source: Vite's documentation of env variables, "Built-in Constants".
 */
const BOOLEANS = ['import.meta.env.DEV', 'import.meta.env.PROD', 'import.meta.env.SSR']

/** `['import.meta.env.VITE_TIER=gold']`, by name. Throws where that is not the form. */
export function environment(given: readonly string[]): Environment {
  return Object.fromEntries(given.map(variable))
}

function variable(given: string): [string, string | boolean] {
  const [, name = '', value = ''] = /^((?:import\.meta|process)\.env\.[^=]+)=(.*)$/s.exec(given) ?? []
  if (name === '')
    throw new UsageError(
      `\`--env\` takes an expression and its value, such as \`import.meta.env.VITE_TIER=gold\`, and was given \`${given}\``,
    )
  if (!BOOLEANS.includes(name)) return [name, value]
  if (value !== 'true' && value !== 'false')
    throw new UsageError(`\`${name}\` is \`true\` or \`false\`, and was given \`${value}\``)
  return [name, value === 'true']
}
