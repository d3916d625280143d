/** A package for each platform, with its binary: made from the composer's manifest, so that none can differ from it. */
import { parseTriple } from '@napi-rs/cli'

/** What GitHub builds a target on, and the options that `napi build` needs there. */
const BUILDS = {
  'x86_64-unknown-linux-gnu': { runner: 'ubuntu-latest', options: '--use-napi-cross' },
  'x86_64-unknown-linux-musl': { runner: 'ubuntu-latest', options: '-x' },
  'aarch64-unknown-linux-gnu': { runner: 'ubuntu-latest', options: '--use-napi-cross' },
  'aarch64-unknown-linux-musl': { runner: 'ubuntu-latest', options: '-x' },
  'x86_64-apple-darwin': { runner: 'macos-latest', options: '' },
  'aarch64-apple-darwin': { runner: 'macos-latest', options: '' },
  'x86_64-pc-windows-msvc': { runner: 'windows-latest', options: '' },
}

/** `libc` as npm's manifests name it. */
const LIBRARIES = { gnu: 'glibc', musl: 'musl' }

/** The builds of a release, for the matrix of the workflow. Throws where it is not known how to build a target. */
export function buildMatrix({ napi }) {
  return napi.targets.map((target) => {
    const build = Object.hasOwn(BUILDS, target) ? BUILDS[target] : undefined
    if (!build)
      throw new Error(`napi.targets has ${target}, and scripts/release/platforms.js does not build it`)
    return { target, ...build }
  })
}

/** The packages, each with the name of its `binary`, sorted by name. */
export function platformPackages(composer) {
  const packages = composer.napi.targets.map((target) => platformPackage(composer, target))
  return packages.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function platformPackage(composer, target) {
  const { platformArchABI, platform, arch, abi } = parseTriple(target)
  const binary = `${composer.napi.binaryName}.${platformArchABI}.node`
  const { version, license, engines, repository, homepage, bugs } = composer
  const name = `${composer.napi.packageName}-${platformArchABI}`
  const manifest = {
    name,
    version,
    description: `The binary of ${composer.name} for ${target}`,
    license,
    ...(repository && { repository }),
    ...(homepage && { homepage }),
    ...(bugs && { bugs }),
    engines,
    type: 'commonjs',
    os: [platform],
    cpu: [arch],
    ...(Object.hasOwn(LIBRARIES, abi ?? '') && { libc: [LIBRARIES[abi]] }),
    main: `./${binary}`,
    files: [binary],
  }
  return { name, target, binary, manifest, readme: readme(composer.name, name, target) }
}

function readme(composer, name, target) {
  return `# \`${name}\`

The binary of [\`${composer}\`](https://www.npmjs.com/package/${composer}) for ${target}. Package managers install it along
with \`${composer}\` where it fits; there is no need to depend on it.
`
}
