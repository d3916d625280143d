import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
// @ts-expect-error The package has no types.
import mapWorkspaces from '@npmcli/map-workspaces'
import { findPackages } from '@pnpm/fs.find-packages'
import { globSync } from 'tinyglobby'

const require = createRequire(import.meta.url)
const run = promisify(execFile)

/** The tools whose own code answers. */
export type Tool = 'pnpm' | 'npm' | 'yarn-classic' | 'yarn-berry' | 'lerna'

/** The folders of the members as the tool's own code has them, relative to the root; the root not among them. */
export async function members(tool: Tool, root: string, patterns: string[]): Promise<string[]> {
  const folders = await ask[tool](root, patterns)
  const dirs = folders.map((folder) => relative(root, folder).replaceAll('\\', '/') || '.')
  return [...new Set(dirs)].filter((dir) => dir !== '.').sort()
}

const ask: Record<Tool, (root: string, patterns: string[]) => Promise<string[]>> = {
  // The options are those of `findWorkspacePackagesNoCheck` in @pnpm/workspace.find-packages.
  async pnpm(root, patterns) {
    const ignore = ['**/node_modules/**', '**/bower_components/**']
    const found = await findPackages(root, { ignore, includeRoot: true, patterns })
    return found.map((project) => project.rootDir)
  },
  async npm(root) {
    const pkg = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8').replace(/^\uFEFF/, ''))
    return [...(await mapWorkspaces({ cwd: root, pkg })).values()] as string[]
  },
  async 'yarn-classic'(root) {
    const lines = await spawn(root, require.resolve('yarn/lib/cli.js'), ['--json', 'workspaces', 'info'])
    const info = lines.find((line) => line.type === 'log')
    const found = JSON.parse(String(info?.data)) as Record<string, { location: string }>
    return Object.values(found).map(({ location }) => join(root, location))
  },
  async 'yarn-berry'(root) {
    const lines = await spawn(root, require.resolve('@yarnpkg/cli-dist/bin/yarn.js'), [
      'workspaces',
      'list',
      '--json',
    ])
    return lines.map((line) => join(root, String(line.location)))
  },
  // Lerna's finder (`makeFileFinder`) is not exported: the call of tinyglobby that it makes for each pattern.
  async lerna(root, patterns) {
    const ignore = patterns.some((pattern) => pattern.includes('**')) ? ['**/node_modules/**'] : []
    const options = {
      cwd: root,
      absolute: true,
      expandDirectories: false,
      followSymbolicLinks: false,
      ignore,
    }
    return patterns.flatMap((pattern) =>
      globSync(`${pattern}/package.json`, options).map((file) => join(file, '..')),
    )
  },
}

/** Runs a Yarn as its user would, and reads the JSON lines that it prints. */
async function spawn(root: string, script: string, args: string[]): Promise<Record<string, unknown>[]> {
  if (!existsSync(script)) throw new Error(`${script} is not installed`)
  const env = { ...process.env, YARN_IGNORE_PATH: '1', YARN_ENABLE_TELEMETRY: '0', YARN_ENABLE_COLORS: '0' }
  const { stdout } = await run(process.execPath, [script, ...args], { cwd: root, env, maxBuffer: 1 << 26 })
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
