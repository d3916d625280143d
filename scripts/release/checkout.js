/** What Git says of a checkout. */
import { spawnSync } from 'node:child_process'

/** The commit (`head`, null without Git), the files that are `changed`, and the commits of `tags` by their names. */
export function readCheckout(root) {
  const git = (...args) => {
    const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
    return status === 0 ? stdout.split('\n').filter(Boolean) : null
  }
  const head = git('rev-parse', '--verify', 'HEAD')?.[0] ?? null
  if (head === null) return { head, changed: [], tags: {} }
  const changed = git('status', '--porcelain').map((line) => line.slice(3))
  // An annotated tag is an object of its own, and `*objectname` the commit that it is about.
  const tags = git('for-each-ref', '--format=%(refname:strip=2) %(objectname) %(*objectname)', 'refs/tags')
  return { head, changed, tags: Object.fromEntries(tags.map(ofTag)) }
}

function ofTag(line) {
  const [name, object, commit] = line.split(' ')
  return [name, commit || object]
}
