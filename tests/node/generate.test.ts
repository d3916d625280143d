import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { build } from 'vite'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { compose, workspace } from './fixture.js'

const command = join(import.meta.dirname, '../../node_modules/.bin/framework-m')
const made: string[] = []

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true })
})

/** A folder that is gone after the tests, without symbolic links above it. */
function folder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-')))
  made.push(path)
  return path
}

function generate(
  cwd: string,
  ...args: string[]
): Pick<SpawnSyncReturns<string>, 'status' | 'stdout' | 'stderr'> {
  return spawnSync(command, ['generate', ...args], { cwd, encoding: 'utf8' })
}

function changes(cwd: string, ...args: string[]) {
  const { written, unchanged, removed } = JSON.parse(generate(cwd, ...args, '--json').stdout)
  return { written, unchanged, removed }
}

/** Three plugins in plain JavaScript, which Node runs as they are. */
const NAMES = { "it's ünï": 'plugins/sp ace/deep', 'it_s ünï': 'plugins/b', IT_S_ünï: 'plugins/c' }

function shop(): string {
  const root = folder()
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  write(
    'package.json',
    '{ "name": "shop", "type": "module", "workspaces": ["shell", "plugins/*", "plugins/sp ace/*"] }',
  )
  write('package-lock.json', '{}')
  write(
    'shell/package.json',
    '{ "name": "shell", "type": "module", "devDependencies": { "@framework-m/vite-plugin": "*" } }',
  )
  for (const [index, [name, dir]] of Object.entries(NAMES).entries()) {
    write(
      `${dir}/package.json`,
      JSON.stringify({ name: `@co/p${index}`, type: 'module', 'framework-m': true }),
    )
    write(
      `${dir}/plugin.config.js`,
      `export default {
        name: ${JSON.stringify(name)},
        label: 'from "./nowhere" import("./nowhere") from ',
        routes: [{ path: '/${index}', component: () => import('./Page.js') }],
        services: { 's${index}': () => ${JSON.stringify(name)} },
      }\n`,
    )
    write(
      `${dir}/Page.js`,
      `export default function Page() { return ${JSON.stringify(`page of ${name}`)} }\n`,
    )
  }
  return root
}

interface Loaded {
  default: { name: string; label: string; routes: { component(): Promise<{ default(): string }> }[] }[]
}

async function pages(module: Loaded): Promise<Record<string, string | undefined>> {
  const entries = module.default.map(async ({ name, routes: [route] }) => {
    return [name, (await route?.component())?.default()]
  })
  return Object.fromEntries(await Promise.all(entries))
}

const expected = Object.fromEntries(Object.keys(NAMES).map((name) => [name, `page of ${name}`]))

describe('the declaration file', () => {
  test('is what the Vite plugin writes, in the shell', () => {
    const root = folder()
    cpSync(workspace('every-field'), root, { recursive: true })
    generate(join(root, 'shell'))
    expect(readFileSync(join(root, 'shell/framework-m.d.ts'), 'utf8')).toBe(compose('every-field').types)
  })

  test('leads to the same configurations wherever it is written', () => {
    const root = folder()
    cpSync(workspace('every-field'), root, { recursive: true })
    generate(join(root, 'shell'))
    const modules = imported(join(root, 'shell/framework-m.d.ts'))
    expect(modules.length).toBeGreaterThan(0)
    for (const file of [
      join(root, 'shell/src/deep/x.d.ts'),
      join(root, 'x.d.ts'),
      join(folder(), 'x.d.ts'),
    ]) {
      generate(join(root, 'shell'), '--dts', file)
      expect(imported(file)).toEqual(modules)
    }
  })

  /** Where the compiler finds the modules of a declaration file. */
  function imported(file: string): string[] {
    const host = ts.createCompilerHost({})
    const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true)
    return importedFiles.map(({ fileName }) => {
      const found = ts.resolveModuleName(
        fileName,
        file,
        { moduleResolution: ts.ModuleResolutionKind.Bundler },
        host,
      )
      return found.resolvedModule?.resolvedFileName ?? `nothing at ${fileName}`
    })
  }

  test('stays as it is while nothing changes, with its time', () => {
    const root = shop()
    generate(root)
    const file = join(root, 'shell/framework-m.d.ts')
    utimesSync(file, 1e9, 1e9)
    expect(generate(root)).toMatchObject({ status: 0, stdout: 'up to date\n', stderr: '' })
    expect(statSync(file).mtimeMs).toBe(1e12)
    expect(changes(root)).toEqual({ written: [], unchanged: ['shell/framework-m.d.ts'], removed: [] })
  })
})

describe('the module', () => {
  test.each([
    'shell/src/plugins.gen.js',
    'gen.mjs',
    'plugins/b/it\'s "gen".js',
    'plugins/sp ace/deep/gen.js',
  ])('runs in Node from %s', async (file) => {
    const root = shop()
    expect(generate(root, '--module', file)).toMatchObject({ status: 0, stderr: '' })
    const module: Loaded = await import(/* @vite-ignore */ pathToFileURL(join(root, file)).href)
    expect(await pages(module)).toEqual(expected)
    expect(module.default[0]?.label).toBe('from "./nowhere" import("./nowhere") from ')
  })

  test('runs from a folder outside of the workspace, and through links', async () => {
    const root = shop()
    const outside = folder()
    symlinkSync(join(root, 'plugins'), join(outside, 'link'))
    symlinkSync(root, join(outside, 'root'))
    for (const file of [
      join(outside, 'gen.js'),
      join(outside, 'link/x/gen.js'),
      join(outside, 'root/shell/gen.js'),
    ]) {
      expect(generate(join(outside, 'root'), '--module', file)).toMatchObject({ status: 0, stderr: '' })
      writeFileSync(join(outside, 'package.json'), '{ "type": "module" }')
      expect(await pages(await import(/* @vite-ignore */ pathToFileURL(file).href))).toEqual(expected)
    }
  })

  test('is bundled with a chunk a plugin', async () => {
    const root = shop()
    generate(root, '--module', 'shell/plugins.gen.js')
    writeFileSync(join(root, 'shell/main.js'), "export { default, menu } from './plugins.gen.js'\n")
    await build({
      root: join(root, 'shell'),
      configFile: false,
      logLevel: 'silent',
      build: { lib: { entry: 'main.js', formats: ['es'], fileName: 'main' }, outDir: 'dist' },
    })
    const dist = join(root, 'shell/dist')
    const module: Loaded = await import(/* @vite-ignore */ pathToFileURL(join(dist, 'main.js')).href)
    expect(await pages(module)).toEqual(expected)
    expect(readFileSync(join(dist, 'main.js'), 'utf8')).not.toContain('page of')
    const chunks = readdirSync(dist).filter((name) => /^it_s_ünï/i.test(name))
    expect(chunks).toHaveLength(Object.keys(NAMES).length)
  })

  test('loses the code of plugins that are gone, and nothing that somebody wrote', () => {
    const root = shop()
    const entries = join(root, 'shell/plugins.gen')
    generate(root, '--module', 'shell/plugins.gen.js')
    expect(readdirSync(entries).sort()).toEqual(['IT_S_ünï.js', 'it_s_ünï-2.js', 'it_s_ünï-3.js'])
    writeFileSync(join(entries, 'mine.js'), '// by hand\n')
    rmSync(join(root, 'plugins/b'), { recursive: true })
    expect(changes(root, '--module', 'shell/plugins.gen.js')).toEqual({
      written: ['shell/framework-m.d.ts', 'shell/plugins.gen.js'],
      unchanged: ['shell/plugins.gen/IT_S_ünï.js', 'shell/plugins.gen/it_s_ünï-2.js'],
      removed: ['shell/plugins.gen/it_s_ünï-3.js'],
    })
    expect(readdirSync(entries)).toContain('mine.js')
    expect(generate(root, '--module', 'shell/plugins.gen.js').stdout).toBe('up to date\n')
  })

  test('never takes the place of what somebody wrote', () => {
    const root = shop()
    const file = join(root, 'shell/main.js')
    writeFileSync(file, 'start()\n')
    const { status, stderr } = generate(root, '--module', 'shell/main.js')
    expect(stderr).toContain('main.js was not generated by Framework M')
    expect(status).toBe(2)
    expect(readFileSync(file, 'utf8')).toBe('start()\n')
    expect(existsSync(join(root, 'shell/framework-m.d.ts'))).toBe(false)
  })
})

describe('errors', () => {
  let root: string

  beforeEach(() => {
    root = shop()
    writeFileSync(join(root, 'plugins/c/plugin.config.js'), 'export default {')
  })

  test('are printed as `check` prints them, and cost their own plugin', async () => {
    const { status, stdout } = generate(root, '--module', 'gen.js')
    const checked = spawnSync(command, ['check'], { cwd: root, encoding: 'utf8' })
    expect(checked.stdout).toContain('plugins/c/plugin.config.js:1')
    expect(stdout).toContain(checked.stdout)
    expect(status).toBe(1)
    const { IT_S_ünï: _, ...others } = expected
    expect(await pages(await import(/* @vite-ignore */ pathToFileURL(join(root, 'gen.js')).href))).toEqual(
      others,
    )
  })

  test('are data for machines', () => {
    const { status, stdout } = generate(root, '--json')
    expect(JSON.parse(stdout).diagnostics[0]).toMatchObject({ severity: 'error' })
    expect(status).toBe(1)
  })

  test.each([
    { args: ['--module', 'x.ts'] },
    { args: ['--module', '.js'] },
    { args: ['--dts', 'x.js'] },
    { args: ['--dts', ''] },
    { args: ['--module'] },
    { args: ['file'] },
  ])('$args is wrong usage, and writes nothing', ({ args }) => {
    const { status, stderr } = generate(root, ...args)
    expect(stderr).toMatch(/^error: ./)
    expect(status).toBe(2)
    expect(existsSync(join(root, 'shell/framework-m.d.ts'))).toBe(false)
  })
})

describe('--watch', () => {
  /** The command as it runs; `until` waits for a line that fits, and forgets it and those before. */
  function watch(root: string, ...args: string[]) {
    const child = spawn(command, ['generate', '--watch', ...args], { cwd: root })
    const lines: string[] = []
    let rest = ''
    let errors = ''
    child.stderr.on('data', (data) => {
      errors += data
    })
    child.stdout.setEncoding('utf8').on('data', (data: string) => {
      const parts = (rest + data).split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
    })
    const ended = new Promise<number | null>((resolve) => {
      child.on('close', resolve)
    })
    const until = async (wanted: RegExp) => {
      for (let waited = 0; waited < 10_000; waited += 20) {
        const index = lines.findIndex((line) => wanted.test(line))
        if (index >= 0) return lines.splice(0, index + 1).at(-1) ?? ''
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      child.kill('SIGKILL')
      throw new Error(`no line like ${wanted}, but: ${lines.join('\n')} ${errors}`)
    }
    const end = (signal: 'SIGINT' | 'SIGTERM') => {
      child.kill(signal)
      return ended
    }
    return { lines, until, end, ended }
  }

  /** Saves as editors do, in one step: a file that is being written is empty for a moment, and that is news. */
  function save(file: string, text: string) {
    writeFileSync(`${file}.tmp`, text)
    renameSync(`${file}.tmp`, file)
  }

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'writes after edits what a fresh run would, until %s',
    async (signal) => {
      const root = shop()
      const { lines, until, end } = watch(root, '--module', 'gen.js')
      expect(await until(/wrote/)).toMatch(/^\d\d:\d\d:\d\d wrote shell\/framework-m\.d\.ts, gen\//)

      const config = join(root, 'plugins/b/plugin.config.js')
      const good = readFileSync(config, 'utf8')
      save(config, good.replace("label: '", "label: 'Edited "))
      expect(await until(/wrote/)).toMatch(/^\d\d:\d\d:\d\d wrote gen\.js$/)
      expect(readFileSync(join(root, 'gen.js'), 'utf8')).toContain('"Edited from')

      save(config, 'export default {')
      expect(await until(/wrote/)).toMatch(
        / wrote shell\/framework-m\.d\.ts, gen\.js; removed gen\/it_s_ünï-3\.js$/,
      )
      await until(/^error\[/)
      await until(/^1 error/)

      // The error is printed once: another edit while it lasts has a line of its own and no more.
      renameSync(join(root, 'plugins/c'), join(root, 'gone'))
      expect(await until(/removed/)).toContain('removed gen/IT_S_ünï.js, gen/it_s_ünï-2.js')
      save(config, good)
      await until(/wrote .*gen\/it_s_ünï-2\.js/)
      expect(await until(/./)).toBe('nothing to report')
      expect(lines).toEqual([])

      expect(await end(signal)).toBe(0)
      expect(generate(root, '--module', 'gen.js').stdout).toBe('up to date\n')
    },
  )

  test('prints an object a line for machines, and nothing for a save that changes nothing', async () => {
    const root = shop()
    const { lines, until, end } = watch(root, '--json')
    expect(JSON.parse(await until(/./))).toEqual({
      written: ['shell/framework-m.d.ts'],
      unchanged: [],
      removed: [],
      diagnostics: [],
    })
    const config = join(root, 'plugins/c/plugin.config.js')
    const good = readFileSync(config, 'utf8')
    save(config, good)
    save(config, `// a remark\n${good}`)
    save(config, good.replace("path: '", "path: '/new"))
    expect(JSON.parse(await until(/./)).written).toEqual(['shell/framework-m.d.ts'])
    expect(lines).toEqual([])
    expect(readFileSync(join(root, 'shell/framework-m.d.ts'), 'utf8')).toContain('"/new/2"')
    expect(await end('SIGTERM')).toBe(0)
  })

  test('lives on where a file stands in the way, and ends where one does from the start', async () => {
    const root = shop()
    const { until, end } = watch(root, '--json')
    await until(/./)
    const types = join(root, 'shell/framework-m.d.ts')
    writeFileSync(types, 'export {}\n')
    rmSync(join(root, 'plugins/b'), { recursive: true })
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(readFileSync(types, 'utf8')).toBe('export {}\n')
    rmSync(types)
    renameSync(join(root, 'plugins/c'), join(root, 'gone'))
    expect(JSON.parse(await until(/./)).written).toEqual(['shell/framework-m.d.ts'])
    expect(await end('SIGINT')).toBe(0)

    writeFileSync(types, 'export {}\n')
    expect(await watch(root).ended).toBe(2)
  })
})
