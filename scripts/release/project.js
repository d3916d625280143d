/** What a release consists of, as the manifests say it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { platformPackages } from './platforms.js'

/** The folders in the order in which they are published: whatever a package depends on is there before it. */
const FOLDERS = ['composer', 'plugin-sdk', 'vite-plugin']

/**
 * A package to be published: its `name`, its `dir` relative to the root (none for those of platforms, which are made
 * from the composer's), and its `manifest`.
 */
export function readProject(root) {
  const main = FOLDERS.map((folder) => {
    const dir = `npm/${folder}`
    const manifest = JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8'))
    return { name: manifest.name, dir, manifest }
  })
  const [composer] = main
  const platforms = platformPackages(composer.manifest)
  return { root, version: composer.manifest.version, packages: [...platforms, ...main], platforms, main }
}

/** The manifest that is published: without what only the checkout needs, and with the packages of the platforms. */
export function publishedManifest(project, { manifest }) {
  const { scripts, devDependencies, napi, ...published } = manifest
  if (!napi) return published
  const versions = project.platforms.map(({ name }) => [name, project.version])
  return { ...published, optionalDependencies: Object.fromEntries(versions) }
}
