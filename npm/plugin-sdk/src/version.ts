import satisfies from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'

const verdicts = new Map<string, string>()

/** What is wrong with the version of a dependency, or nothing. The rules are npm's, and the composer's. */
export function mismatch(name: string, range: string, version: string | undefined): string {
  const question = `${name} ${version} ${range}`
  const verdict = verdicts.get(question) ?? judge(name, range, version)
  verdicts.set(question, verdict)
  return verdict
}

function judge(name: string, range: string, version: string | undefined): string {
  // `workspace:^` asks for whatever is there.
  const asked = range.trim().replace(/^workspace:\s*([~^]$)?/, '') || '*'
  if (asked === '*' || (version !== undefined && satisfies(version, asked))) return ''
  return validRange(asked) === null
    ? `the range "${range}" of ${name} is not valid`
    : `it needs ${name} ${range}, and there is ${version ?? 'one without a version'}`
}
