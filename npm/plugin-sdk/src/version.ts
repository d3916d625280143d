import satisfies from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'

const verdicts = new Map<string, string | undefined>()

/** What is wrong with the version of a dependency, if anything is. The rules are npm's, and the composer's. */
export function mismatch(name: string, range: string, version: string | undefined): string | undefined {
  const question = `${name} ${version} ${range}`
  if (!verdicts.has(question)) verdicts.set(question, judge(name, range, version))
  return verdicts.get(question)
}

function judge(name: string, range: string, version: string | undefined): string | undefined {
  const asked = withoutProtocol(range)
  if (asked === '*') return undefined
  if (validRange(asked) === null) return `the range "${range}" of ${name} is not valid`
  if (version !== undefined && satisfies(version, asked)) return undefined
  return `it needs ${name} ${range}, and there is ${version ?? 'one without a version'}`
}

/** A range without the protocol of workspaces: `workspace:^` asks for whatever is there. */
function withoutProtocol(range: string): string {
  const bare = range.trim()
  if (!bare.startsWith('workspace:')) return bare || '*'
  const asked = bare.slice('workspace:'.length)
  return ['^', '~', ''].includes(asked) ? '*' : asked
}
