/**
 * Publishes the packages, where their version is not published yet. The workflow calls it; `--dry-run` does everything
 * but publish, and fails where publishing would.
 */
import { appendFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readCheckout } from './release/checkout.js'
import { obstacles } from './release/obstacles.js'
import { buildMatrix } from './release/platforms.js'
import { prepare } from './release/prepare.js'
import { readProject } from './release/project.js'
import { distTag, publish, publishedVersions } from './release/registry.js'
import { root } from './run.js'

const USAGE = `node scripts/release.js [options]
  --plan              says whether there is something to publish and what has to be built for it, and does no more
  --dry-run           does everything but publish; exit code 1 where publishing would be refused
  --bindings DIR      where the binaries of all platforms are (default: npm/composer)
  --out DIR           an empty folder for folders and tarballs (default: a folder for temporary files)
  --published LIST    the versions that count as published, in place of what the registry says; needs --dry-run or --plan
  --root DIR          the checkout (default: the one that this script is in)`

const { values: options } = parseArgs({
  options: {
    plan: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    bindings: { type: 'string' },
    out: { type: 'string' },
    published: { type: 'string' },
    root: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
})

if (options.help) console.log(USAGE)
else if (options.published !== undefined && !options.plan && !options['dry-run']) {
  stop('--published needs --dry-run or --plan: what is published is asked of the registry.')
} else release()

function release() {
  const project = readProject(resolve(options.root ?? root))
  const published = Object.fromEntries(project.packages.map(({ name }) => [name, versionsOf(name)]))
  const isPending = ({ name }) => !published[name].includes(project.version)
  const pending = project.packages.filter(isPending)
  if (options.plan) return plan(project, pending)
  if (pending.length === 0) return console.log(`${project.version} is published already: nothing to do.`)

  const bindings = resolve(options.bindings ?? join(project.root, 'npm/composer'))
  const refusals = obstacles(project, { bindings, checkout: readCheckout(project.root), published })
  const out = options.out ?? mkdtempSync(join(tmpdir(), 'framework-m-release-'))
  const prepared = prepare(project, { bindings, out })
  print(project, prepared, isPending)
  if (refusals.length > 0) {
    stop(['Publishing is refused:', ...refusals.map((text) => `  - ${text}`)].join('\n'))
    return
  }
  if (options['dry-run']) return console.log('\nThis was a dry run: nothing was published.')
  for (const { tarball } of prepared.filter(isPending)) publish(tarball, distTag(project.version))
}

function versionsOf(name) {
  return options.published?.split(',').filter(Boolean) ?? publishedVersions(name)
}

/** Outputs of a step of the workflow, and the same for people. */
function plan({ version, main: [composer] }, pending) {
  const lines = [`pending=${pending.length > 0}`, `matrix=${JSON.stringify(buildMatrix(composer.manifest))}`]
  if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, `${lines.join('\n')}\n`)
  console.log([`version=${version}`, ...lines].join('\n'))
}

function print({ version }, prepared, isPending) {
  console.log(`Framework M ${version}, for those who install \`${distTag(version)}\`, in this order:`)
  const width = Math.max(...prepared.map(({ name }) => name.length))
  for (const item of prepared) {
    const state = isPending(item) ? describe(item) : 'published already'
    console.log(`  ${item.name.padEnd(width)}  ${state}`)
  }
}

function describe({ tarball, files, size, unpackedSize }) {
  if (tarball === undefined) return 'not built'
  return `${files.length} files, ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} unpacked`
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}

function stop(message) {
  console.error(`\n${message}`)
  process.exitCode = 1
}
