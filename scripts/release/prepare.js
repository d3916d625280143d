/** The folders that are published and their tarballs, made from the checkout without changing it. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { publishedManifest } from './project.js'

/**
 * Packs every package whose files are there. `bindings` is the folder of the binaries, `out` an empty one to write to.
 * Gives each package with its published `manifest`, and where it was packed its `folder` and `tarball`, both absolute,
 * its `files`, and its `size` and `unpackedSize` in bytes.
 */
export function prepare(project, { bindings, out }) {
  const target = resolve(out)
  mkdirSync(target, { recursive: true })
  if (readdirSync(target).length > 0)
    throw new Error(`${target} is not empty: choose another folder with --out`)
  const isBuilt = (item) => absentFiles(project, item, bindings).length === 0
  const built = project.packages.filter(isBuilt)
  const listed = list(built.filter(({ dir }) => dir).map(({ dir }) => join(project.root, dir)))
  for (const item of built) assemble(project, item, { bindings, folder: join(target, item.name), listed })
  const packed = pack(
    built.map(({ name }) => join(target, name)),
    target,
  )
  return project.packages.map((item) => {
    const folder = join(target, item.name)
    const manifest = publishedManifest(project, item)
    return { ...item, manifest, ...(packed.has(item.name) && { folder, ...packed.get(item.name) }) }
  })
}

/** The files that a manifest points at and that have not been built, relative to the root. */
export function absentFiles(project, { dir, manifest, binary }, bindings) {
  if (binary) return existsSync(join(bindings, binary)) ? [] : [join(bindings, binary)]
  const entries = [manifest.main, manifest.types, manifest.bin, manifest.exports].flatMap(paths)
  const files = [...new Set(entries)].map((entry) => join(dir, entry)).sort()
  return files.filter((file) => !existsSync(join(project.root, file)))
}

/** Every path in a value of `exports` or `bin`. */
function paths(value) {
  if (value === undefined || value === null) return []
  return typeof value === 'string' ? [value] : Object.values(value).flatMap(paths)
}

/** Makes the folder of a package. */
function assemble(project, item, { bindings, folder, listed }) {
  mkdirSync(folder, { recursive: true })
  if (item.binary) {
    cpSync(join(bindings, item.binary), join(folder, item.binary))
    writeFileSync(join(folder, 'README.md'), item.readme)
  }
  for (const { path } of listed.get(item.name)?.files ?? []) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(project.root, item.dir, path), join(folder, path))
  }
  const manifest = publishedManifest(project, item)
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  cpSync(join(project.root, 'LICENSE'), join(folder, 'LICENSE'))
}

/** What belongs to packages is npm's to say: `files`, and what is always in or never. */
function list(folders) {
  return npmPack(folders, ['--dry-run'])
}

function pack(folders, destination) {
  const packed = npmPack(folders, ['--pack-destination', destination])
  for (const [name, { filename, size, unpackedSize, files }] of packed) {
    const tarball = join(destination, filename)
    packed.set(name, { tarball, size, unpackedSize, files: files.map(({ path }) => path) })
  }
  return packed
}

/** `npm pack` of folders, as data by the names of the packages. */
function npmPack(folders, options) {
  if (folders.length === 0) return new Map()
  const args = ['pack', ...folders, '--json', '--ignore-scripts', '--loglevel=error', ...options]
  const output = execFileSync('npm', args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  return new Map(Object.values(JSON.parse(output)).map((item) => [item.name, item]))
}
