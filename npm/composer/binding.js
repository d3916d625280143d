/**
 * Finds the binary of this platform: the file that `NAPI_RS_NATIVE_LIBRARY_PATH` names, or else one that was built in
 * this folder, or else the package that was installed for the platform as an optional dependency.
 *
 * No process is started and no report is asked for, which take longer than loading does: where a system may have either
 * C library, both binaries are tried, since a binary loads with its own one only.
 */

// Importing the two modules of Node by name takes longer than everything else here.
const { createRequire } = process.getBuiltinModule('node:module')
const require = createRequire(import.meta.url)

/** The binding. Throws an error that says which platforms there are, and how to build for another. */
export function load() {
  const failures = []
  for (const candidate of candidates()) {
    try {
      return require(candidate)
    } catch (error) {
      failures.push({ candidate, error })
    }
  }
  const { NoBinding } = require('./no-binding.cjs')
  throw new NoBinding(platforms(), failures)
}

function candidates() {
  const chosen = process.env.NAPI_RS_NATIVE_LIBRARY_PATH
  if (chosen) return [chosen]
  return platforms().flatMap((name) => [`./composer.${name}.node`, `@framework-m/composer-${name}`])
}

/** The names by which packages are published for this platform, the likelier first. */
function platforms() {
  const name = `${process.platform}-${process.arch}`
  if (process.platform === 'win32') return [`${name}-msvc`]
  if (process.platform !== 'linux') return [name]
  const libraries = usesMusl() ? ['musl', 'gnu'] : ['gnu', 'musl']
  return libraries.map((library) => `${name}-${library}`)
}

/** `ldd` is a script that names the C library it comes with. Where there is none, glibc is likelier. */
function usesMusl() {
  try {
    return require('node:fs').readFileSync('/usr/bin/ldd', 'latin1').includes('musl')
  } catch {
    return false
  }
}
