/** Why there is no binding, and what to do: loaded only where that is so. */
const manifest = require('./package.json')

/** Thrown where no binary of `@framework-m/composer` loads. */
class NoBinding extends Error {
  /**
   * @param {string[]} platforms the names by which packages may be published for this platform, the likelier first
   * @param {{ candidate: string, error: Error & { code?: string } }[]} failures what was tried, in this order
   */
  constructor(platforms, failures) {
    const broken = failures.filter(({ candidate, error }) => !isAbsent(candidate, error))
    const chosen = process.env.NAPI_RS_NATIVE_LIBRARY_PATH
    const lines = chosen ? ofTheChosen(chosen, failures) : ofThePlatform(platforms, broken)
    super(lines.join('\n'), { cause: (broken[0] ?? failures[0])?.error })
    this.name = 'NoBinding'
    this.code = 'FRAMEWORK_M_NO_BINDING'
  }
}

function ofTheChosen(chosen, [failure]) {
  return [
    `The binary that NAPI_RS_NATIVE_LIBRARY_PATH names does not load: ${firstLine(failure.error)}`,
    `  ${chosen}`,
    'Correct the variable, or unset it: then the package of this platform is used.',
  ]
}

function ofThePlatform(platforms, broken) {
  const title = `${manifest.name} ${manifest.version} has no binary that loads on this platform, ${describePlatform()}.`
  const reasons = broken.map(({ candidate, error }) => `  does not load:   ${candidate}: ${firstLine(error)}`)
  // What is published has the packages of all platforms among its optional dependencies; a checkout has none.
  const published = Object.keys(manifest.optionalDependencies ?? {})
  if (published.length === 0) return [title, ...reasons, 'This is a checkout: `npm run build` builds one.']
  const installed = published.filter(isInstalled)
  const own = `${manifest.name}-${platforms[0]}`
  const isLeftOut = published.includes(own) && !installed.includes(own)
  return [
    title,
    `  published for:   ${list(published)}`,
    `  installed here:  ${list(installed)}`,
    ...reasons,
    ...(isLeftOut ? reinstall(own, installed) : []),
    ...build(platforms[0]),
  ]
}

function reinstall(own, installed) {
  const why =
    installed.length > 0
      ? 'node_modules or the lock file comes from another platform'
      : 'optional dependencies were left out when it was installed'
  return [
    `${own} is published and not installed: ${why}.`,
    'Install again on this machine, with optional dependencies; if that changes nothing, without the lock file.',
  ]
}

function build(platform) {
  const file = `composer.${platform}.node`
  return [
    'To build one from source: in a checkout of Framework M, with Rust 1.95 or later and a C compiler, run',
    '  npm ci && node scripts/native.js --release',
    `and set NAPI_RS_NATIVE_LIBRARY_PATH to the absolute path of npm/composer/${file} there.`,
  ]
}

/** `linux-riscv64 (Node 20.19.0)` */
function describePlatform() {
  return `${process.platform}-${process.arch} (Node ${process.versions.node})`
}

const list = (names) => names.map((name) => name.slice(manifest.name.length + 1)).join(', ') || 'nothing'
const firstLine = (error) => String(error.message).split('\n')[0]

function isInstalled(name) {
  try {
    require.resolve(`${name}/package.json`)
    return true
  } catch {
    return false
  }
}

/** Whether it is not there, in contrast to being there and not loading. */
function isAbsent(candidate, error) {
  return error.code === 'MODULE_NOT_FOUND' && error.message.includes(`'${candidate}'`)
}

module.exports = { NoBinding }
