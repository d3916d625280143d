/** What the registry has, and putting more there. */
import { execFileSync, spawnSync } from 'node:child_process'
import semver from 'semver'

/** The published versions of a package, none where nobody has heard of it. Throws where the registry gives no answer. */
export function publishedVersions(name) {
  const args = ['view', name, 'versions', '--json', '--loglevel=silent']
  const { stdout, error } = spawnSync('npm', args, { encoding: 'utf8' })
  if (error) throw error
  const answer = stdout.trim() === '' ? [] : JSON.parse(stdout)
  if (answer.error?.code === 'E404') return []
  if (answer.error) throw new Error(`npm view ${name}: ${answer.error.code} ${answer.error.summary}`)
  return [answer].flat()
}

/** The tag that a version gets, by which it is installed without its number: `npm install x` takes what is `latest`. */
export function distTag(version) {
  return semver.prerelease(version) ? 'next' : 'latest'
}

/** Publishes a tarball with the proof of where it was built. */
export function publish(tarball, tag) {
  const args = ['publish', tarball, '--access', 'public', '--provenance', '--tag', tag]
  execFileSync('npm', args, { stdio: 'inherit' })
}
