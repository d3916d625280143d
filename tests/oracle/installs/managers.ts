/** Package managers that install a workspace for real, from the registry or their caches. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** Its package exports nothing but the manifest. */
const PNPM = join(dirname(require.resolve('pnpm')), 'bin/pnpm.cjs')

/** A package manager with one of its layouts. */
export interface Layout {
  name: string
  /** Files beside the packages, by path. */
  files: Record<string, string>
  /** How the workspace names its own packages. */
  own: string
  install(root: string): void
}

/** Where the members are. */
export const PATTERNS = ['shell', 'plugins/*', 'apps/*/frontend', 'libs/*']

const pnpm = (settings: string): Pick<Layout, 'files' | 'own' | 'install'> => ({
  files: { 'pnpm-workspace.yaml': `packages: ${JSON.stringify(PATTERNS)}\n${settings}` },
  own: 'workspace:^',
  install: (root) => run(root, PNPM, ['install', '--prefer-offline', '--no-frozen-lockfile']),
})

const berry = (linker: string): Pick<Layout, 'files' | 'own' | 'install'> => ({
  files: {
    'yarn.lock': '',
    '.yarnrc.yml': `nodeLinker: ${linker}\nenableTelemetry: false\nenableGlobalCache: false\n`,
  },
  own: 'workspace:^',
  install: (root) =>
    run(root, require.resolve('@yarnpkg/cli-dist/bin/yarn.js'), ['install', '--no-immutable']),
})

/** Bun's own binary: a hundred megabytes, which is fetched when a test first asks for it and not by who installs this repository. */
const BUN = '1.4.5'

const bun = (linker: string): Pick<Layout, 'files' | 'own' | 'install'> => ({
  files: {},
  own: 'workspace:^',
  install: (root) =>
    execFileSync(bunBinary(), ['install', `--linker=${linker}`], {
      cwd: root,
      env: environment(),
      stdio: 'pipe',
    }),
})

export const layouts: Layout[] = [
  { name: 'npm', files: {}, own: '^1.0.0', install: npm([]) },
  { name: 'npm, linked', files: {}, own: '^1.0.0', install: npm(['--install-strategy=linked']) },
  { name: 'pnpm, isolated', ...pnpm('') },
  { name: 'pnpm, isolated, peers not installed', ...pnpm('autoInstallPeers: false\n') },
  { name: 'pnpm, hoisted', ...pnpm('nodeLinker: hoisted\n') },
  {
    name: 'Yarn 1',
    files: { 'yarn.lock': '# yarn lockfile v1\n' },
    own: '^1.0.0',
    install: (root) => run(root, require.resolve('yarn/lib/cli.js'), ['install', '--non-interactive']),
  },
  { name: 'Yarn, node_modules', ...berry('node-modules') },
  { name: 'Yarn, pnpm', ...berry('pnpm') },
  { name: 'Bun, hoisted', ...bun('hoisted') },
  { name: 'Bun, isolated', ...bun('isolated') },
]

/** Yarn keeps the packages in archives, which Node alone cannot find. */
export const plugnplay: Layout = { name: 'Yarn, Plug’n’Play', ...berry('pnp') }

function npm(flags: string[]): (root: string) => void {
  return (root) => {
    const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', ...flags]
    execFileSync('npm', args, { cwd: root, env: environment(), stdio: 'pipe' })
  }
}

/** Writes the workspace and installs it. */
export function install(root: string, layout: Layout, packages: Record<string, object>): void {
  const isPnpm = 'pnpm-workspace.yaml' in layout.files
  const top = { name: 'acme', private: true, ...(!isPnpm && { workspaces: PATTERNS }) }
  const manifests = Object.entries({ '.': top, ...packages })
  for (const [dir, manifest] of manifests)
    write(root, join(dir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  for (const [file, text] of Object.entries(layout.files)) write(root, file, text)
  layout.install(root)
}

export function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

function run(root: string, script: string, args: string[]): void {
  execFileSync(process.execPath, [script, ...args], { cwd: root, env: environment(), stdio: 'pipe' })
}

/** Where Bun's binary is once it has been fetched: the same for all tests, and one of two that fetch at once is kept. */
function bunBinary(): string {
  const platform = `@oven/bun-${process.platform}-${process.arch === 'arm64' ? 'aarch64' : process.arch}`
  const folder = join(tmpdir(), `framework-m-bun-${BUN}`)
  const binary = join(folder, 'node_modules', platform, 'bin/bun')
  if (existsSync(binary)) return binary
  const fetched = mkdtempSync(`${folder}-`)
  const args = ['install', '--prefix', fetched, '--no-audit', '--no-fund', '--ignore-scripts']
  execFileSync('npm', [...args, `${platform}@${BUN}`], { env: environment(), stdio: 'pipe' })
  try {
    renameSync(fetched, folder)
  } catch {
    rmSync(fetched, { recursive: true })
  }
  return binary
}

/** The environment of a person at a terminal: what this process was started with says nothing to the other manager. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^(npm_(?!config_(registry|userconfig))|CI$)/.test(key),
  )
  return { ...Object.fromEntries(inherited), YARN_IGNORE_PATH: '1', YARN_ENABLE_TELEMETRY: '0' }
}
