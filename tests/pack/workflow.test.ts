/** The workflow leaves every decision to the scripts: what it calls is there, and takes what it is called with. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildMatrix } from '../../scripts/release/platforms.js'
import { readProject } from '../../scripts/release/project.js'
import { repository } from './release.js'

const read = (file: string) => readFileSync(join(repository, file), 'utf8')
const workflow = read('.github/workflows/release.yml')
const script = join(repository, 'scripts/release.js')

/** The commands of the steps, with what GitHub fills in left as it is. */
const commands = [...workflow.matchAll(/^ +(?:- )?run: (.+)$/gm)].map(([, command]) => command as string)

test('what it calls is there', () => {
  const scripts = commands.flatMap((command) => /^node (\S+)/.exec(command)?.[1] ?? [])
  expect(scripts).toEqual([
    'scripts/release.js',
    'scripts/native.js',
    'scripts/packages.js',
    'scripts/release.js',
  ])
  for (const file of scripts) expect(existsSync(join(repository, file)), file).toBe(true)
  expect(commands.filter((command) => !command.startsWith('node '))).toEqual([
    'npm ci',
    'cargo install cargo-zigbuild --locked',
    'npm ci',
    'npm ci',
  ])
  for (const [, file] of workflow.matchAll(/uses: \.\/(\S+)/g))
    expect(read(file as string)).toContain('workflow_call:')
})

test('the script takes the options that it is given', () => {
  const help = execFileSync(process.execPath, [script, '--help'], { encoding: 'utf8' })
  const options = commands
    .filter((command) => command.includes('release.js'))
    .join(' ')
    .match(/--[\w-]+/g)
  expect(options).toEqual(['--plan', '--bindings'])
  for (const option of options ?? []) expect(help).toContain(`  ${option} `)
})

test('every target of the binding is built, and a target that nobody knows how to build is refused', () => {
  const args = [script, '--plan', '--published', '0.0.9']
  const plan = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, GITHUB_OUTPUT: '' },
  })
  const outputs = Object.fromEntries(
    plan
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  )
  const { napi } = JSON.parse(read('npm/composer/package.json'))
  const matrix = JSON.parse(outputs.matrix)
  expect(matrix.map(({ target }: { target: string }) => target)).toEqual(napi.targets)
  expect(outputs.pending).toBe('true')
  const used = [...workflow.matchAll(/matrix\.(\w+)/g)]
    .map(([, key]) => key)
    .filter((key) => key !== undefined)
  expect([...new Set(used)].sort()).toEqual(Object.keys(matrix[0]).sort())
  expect(workflow).toContain(['matrix: $', '{{ steps.plan.outputs.matrix }}'].join(''))
  expect(() => buildMatrix({ napi: { targets: ['riscv64gc-unknown-linux-gnu'] } })).toThrow(
    'napi.targets has riscv64gc-unknown-linux-gnu',
  )
})

type Platform = { name: string; manifest: { os: string[]; cpu: string[]; libc?: string[] } }

test('a package of a platform asks for that platform alone', () => {
  const packages = readProject(repository).platforms.map(({ name, manifest }: Platform) => {
    const { os, cpu, libc } = manifest
    return [name.replace('@framework-m/composer-', ''), os, cpu, libc]
  })
  expect(packages).toEqual([
    ['darwin-arm64', ['darwin'], ['arm64'], undefined],
    ['darwin-x64', ['darwin'], ['x64'], undefined],
    ['linux-arm64-gnu', ['linux'], ['arm64'], ['glibc']],
    ['linux-arm64-musl', ['linux'], ['arm64'], ['musl']],
    ['linux-x64-gnu', ['linux'], ['x64'], ['glibc']],
    ['linux-x64-musl', ['linux'], ['x64'], ['musl']],
    ['win32-x64-msvc', ['win32'], ['x64'], undefined],
  ])
})

test('nothing is published before it is tested and built, and npm is told where it was built', () => {
  const publish = workflow.slice(workflow.indexOf('\n  publish:'))
  expect(publish).toContain('needs: [test, build]')
  expect(publish).toContain('id-token: write')
  expect(workflow.slice(0, workflow.indexOf('\njobs:'))).toContain('contents: read')
  expect(workflow).toMatch(/paths: \[npm\/\*\/package\.json\]/)
})
