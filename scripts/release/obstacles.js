/** What stands in the way of a release: sentences that say what is wrong, where, and what to do. */
import semver from 'semver'
import { absentFiles } from './prepare.js'
import { distTag } from './registry.js'

/**
 * Every obstacle there is; none for a release that can be published. `checkout` is what `readCheckout` gives, `published`
 * the versions of each package that the registry has, by name.
 */
export function obstacles(project, { bindings, checkout, published }) {
  return [
    ...differentVersions(project),
    ...looseDependencies(project),
    ...missingRepository(project),
    ...notBuilt(project, bindings),
    ...notNewer(project, published),
    ...ofTheCheckout(project, checkout),
  ]
}

function differentVersions({ version, main }) {
  const [{ dir: first }, ...others] = main
  return others
    .filter(({ manifest }) => manifest.version !== version)
    .map(({ dir, manifest }) => {
      return `${dir} is ${manifest.version} and ${first} is ${version}: all packages are published under one version.`
    })
}

const TABLES = ['dependencies', 'peerDependencies', 'optionalDependencies']
const LOCAL = /^(workspace|catalog|file|link|portal|patch):/

function looseDependencies({ version, main }) {
  const own = new Set(main.map(({ name }) => name))
  const entries = main.flatMap(({ dir, manifest }) =>
    TABLES.flatMap((table) =>
      Object.entries(manifest[table] ?? {}).map(([name, range]) => ({ dir, table, name, range })),
    ),
  )
  return entries.flatMap(({ dir, table, name, range }) => {
    const place = `${dir}/package.json has "${name}": "${range}" among its ${table}`
    if (own.has(name) && range !== version) return [`${place}: it has to be exactly "${version}".`]
    return LOCAL.test(range) ? [`${place}, which means nothing outside of this checkout.`] : []
  })
}

/** npm publishes with provenance only what names the repository that it was built from. */
function missingRepository({ main }) {
  const without = main.filter(({ manifest }) => !manifest.repository?.url)
  if (without.length === 0) return []
  const files = without.map(({ dir }) => `${dir}/package.json`).join(', ')
  return [
    `\`repository\` is missing in ${files}: npm takes no provenance without it. Write the address of the public repository.`,
  ]
}

function notBuilt(project, bindings) {
  return project.packages.flatMap((item) => {
    const absent = absentFiles(project, item, bindings)
    if (absent.length === 0) return []
    const how = item.target ? `node scripts/native.js --release --target ${item.target}` : 'npm run build'
    return [`${item.name} is not built: ${absent.join(', ')} is missing. Run \`${how}\`.`]
  })
}

/** A version may be there in part, where an earlier attempt to publish it was interrupted; but not a later one. */
function notNewer({ version, main }, published) {
  return main.flatMap(({ name }) => {
    const later = published[name].filter((other) => isLater(other, version))
    return later.length === 0 ? [] : [`${name} ${later.at(-1)} is published, which is later than ${version}.`]
  })
}

/** Whether a version is later in the same line: `1.1.0` may follow after `2.0.0-beta.1`. */
function isLater(other, version) {
  return distTag(other) === distTag(version) && semver.gt(other, version)
}

function ofTheCheckout({ version }, { head, changed, tags }) {
  if (head === null) return ['This folder is no Git checkout: what is published has to be a commit.']
  const found = []
  if (changed.length > 0) {
    found.push(`The checkout has changes that are not committed: ${changed.join(', ')}.`)
  }
  const tagged = tags[`v${version}`]
  if (tagged !== undefined && tagged !== head) {
    found.push(
      `The tag v${version} is another commit, ${tagged.slice(0, 9)}, than this one, ${head.slice(0, 9)}.`,
    )
  }
  return found
}
