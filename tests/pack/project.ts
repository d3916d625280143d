/** A user's project: the examples of the documentation, somewhere else, with nothing installed. */
import { execFile } from 'node:child_process'
import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Layout, layouts, write } from '../oracle/installs/managers.js'
import { repository, temporary } from './release.js'

const spawn = promisify(execFile)

export interface Project {
  root: string
  shell: string
  /** The packages of Framework M that are installed, sorted. */
  ownPackages(): string[]
  /** Runs a command of an installed package in the shell's folder. Throws what it printed if it fails. */
  run(command: string, ...args: string[]): Promise<string>
}

export const managers = ['npm', 'pnpm, isolated', 'Yarn, node_modules']

/** Writes the project, and installs it with the packages of Framework M from the registry. */
export function installed(manager: string, registry: string): Project {
  const layout = layouts.find(({ name }) => name === manager) as Layout
  const root = temporary('installed')
  const examples = join(repository, 'docs/examples')
  for (const part of ['package.json', 'tsconfig.base.json', 'shell', 'plugins'])
    cpSync(join(examples, part), join(root, part), { recursive: true, filter: isSource })
  for (const [file, text] of Object.entries({ ...layout.files, ...settings(layout, registry) }))
    write(root, file, text)
  layout.install(root)
  return project(root)
}

/** What was installed or built stays behind, and so do tests, which would need a test runner. */
function isSource(file: string): boolean {
  return !/[\\/](node_modules|dist)$|\.test\.tsx?$|framework-m\.d\.ts$/.test(file)
}

/** The scope comes from the registry, everything else from where this machine has it; no package may run anything. */
function settings({ files }: Layout, registry: string): Record<string, string> {
  const yarn = files['.yarnrc.yml']
  if (yarn === undefined) return { '.npmrc': `@framework-m:registry=${registry}/\nignore-scripts=true\n` }
  const scope = `npmScopes: { framework-m: { npmRegistryServer: '${registry}' } }\n`
  // What Yarn keeps for all projects it tells apart by name and version, and would give what an earlier run has packed.
  const fresh = 'globalFolder: ./.yarn/global\n'
  return {
    '.yarnrc.yml': `${yarn}${scope}${fresh}unsafeHttpWhitelist: ['127.0.0.1']\nenableScripts: false\n`,
  }
}

function project(root: string): Project {
  const shell = join(root, 'shell')
  const { NODE_ENV, VITEST, ...env } = process.env
  return {
    root,
    shell,
    ownPackages() {
      const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
      const manifests = files.map((file) => /(@framework-m[\\/][\w-]+)[\\/]package\.json$/.exec(file)?.[1])
      return [...new Set(manifests.filter((name) => name !== undefined))].sort()
    },
    async run(command, ...args) {
      const bins = [shell, root].map((folder) => join(folder, 'node_modules/.bin', command))
      const bin = bins.find((file) => existsSync(file))
      if (!bin) throw new Error(`${command} is not installed in ${bins.join(' or ')}`)
      try {
        return (await spawn(bin, args, { cwd: shell, env, maxBuffer: 1 << 26 })).stdout
      } catch (error) {
        const { stdout, stderr } = error as { stdout: string; stderr: string }
        throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`)
      }
    },
  }
}
