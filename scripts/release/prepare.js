/** The folders that are published and their tarballs, made from the checkout without changing it. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { publishedManifest } from './project.js'

/**
 * Packs every package whose files are there. `bindings` is the folder of the binaries, `out` the one to write to.
 * Gives each package with its published `manifest`, and where it was packed its `folder` and `tarball`, both absolute,
 * its `files`, and its `size` and `unpackedSize` in bytes.
 */
export function prepare(project, { bindings, out }) {
  const target = resolve(out)
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  return project.packages.map((item) => {
    const manifest = publishedManifest(project, item)
    if (absentFiles(project, item, bindings).length > 0) return { ...item, manifest }
    const folder = join(target, item.name)
    copy(project, item, bindings, folder)
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    cpSync(join(project.root, 'LICENSE'), join(folder, 'LICENSE'))
    return { ...item, manifest, folder, ...pack(folder, target) }
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

function copy(project, { dir, binary, readme }, bindings, folder) {
  mkdirSync(folder, { recursive: true })
  if (binary) {
    cpSync(join(bindings, binary), join(folder, binary))
    writeFileSync(join(folder, 'README.md'), readme)
    return
  }
  // What belongs to a package is npm's to say: `files`, and what is always in or never.
  for (const { path } of list(join(project.root, dir)).files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(project.root, dir, path), join(folder, path))
  }
}

function list(folder) {
  return npmPack(['--dry-run'], folder)
}

function pack(folder, destination) {
  const { filename, size, unpackedSize, files } = npmPack(['--pack-destination', destination], folder)
  return { tarball: join(destination, filename), size, unpackedSize, files: files.map(({ path }) => path) }
}

/** `npm pack` in a folder, as data. */
function npmPack(options, folder) {
  const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error', ...options]
  const windows = process.platform === 'win32'
  const output = execFileSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    shell: windows,
    maxBuffer: 1 << 26,
  })
  const answer = JSON.parse(output)
  return Array.isArray(answer) ? answer[0] : Object.values(answer)[0]
}
