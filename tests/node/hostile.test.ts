/** What nobody would write, and somebody does: an answer in bounded time and memory, never a crash, never code. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Composer } from '@framework-m/composer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const COMMAND = join(import.meta.dirname, '../../node_modules/.bin/framework-m')

/** Far more than any of it takes, in milliseconds and in bytes. */
const LONGEST = 20_000
const LARGEST = 1_000_000_000

let base: string
let root: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'framework-m-hostile-'))
  root = join(base, 'workspace')
  write('package.json', JSON.stringify({ name: 'company', private: true, workspaces: ['shell', 'p'] }))
  write('package-lock.json', '{}')
  write('shell/package.json', '{ "name": "shell", "version": "1.0.0" }')
  write('p/package.json', '{ "name": "p", "version": "1.0.0", "framework-m": true }')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

function write(file: string, text: string | Buffer): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

const tag = (value: unknown) => write('p/package.json', JSON.stringify({ name: 'p', 'framework-m': value }))
const config = (text: string) => write('p/plugin.config.ts', text)
const plugin = (fields: string) => config(`export default { name: 'p', ${fields} }`)

/** The codes that `check` prints, in a process of its own, whose memory is bounded. */
function codes(): string[] {
  const args = [
    `--max-old-space-size=${LARGEST / 1_000_000}`,
    COMMAND,
    'check',
    '--root',
    root,
    '--shell',
    join(root, 'shell'),
  ]
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...args, '--format', 'json'], {
    encoding: 'utf8',
    timeout: LONGEST,
    maxBuffer: LARGEST,
  })
  expect([signal, stderr]).toEqual([null, ''])
  const found = [...stdout.matchAll(/"code": ?"(FM\d+)"/g)].map(([, code]) => code as string)
  expect(status).toBe(found.length > 0 && stdout.includes('"error"') ? 1 : 0)
  return [...new Set(found)]
}

const nested = (open: string, inner: string, close: string, depth = 100_000) =>
  open.repeat(depth) + inner + close.repeat(depth)

/** `s0` is `start`, and each next one is ten of the last. */
const tenfold = (times: number, start: string, ten: (last: string) => string) =>
  Array.from({ length: times }, (_, at) => `const s${at} = ${at ? ten(`s${at - 1}`) : start}\n`).join('')

describe('a path', () => {
  test.each([
    '../../../../../../etc/passwd',
    '/etc/passwd',
    './a/../../shell/package.json',
    'file:///etc/passwd',
    'a\u0000b',
  ])('in a tag does not leave the package: %j', (path) => {
    tag(path)
    expect(codes()).toEqual([expect.stringMatching(/^FM110[23]$/)])
    tag({ source: path })
    expect(codes()).toEqual([expect.stringMatching(/^FM110[23]$/)])
  })

  test('of an import is not opened where it is no source', () => {
    write('../secret', 'export const secret = "of somebody else"')
    config(`import { secret } from '../../secret'\nexport default { name: 'p', label: secret }`)
    expect(codes()).toEqual([])
    const composed = new Composer({ root, shell: join(root, 'shell') }).compose()
    expect(JSON.stringify(composed)).not.toContain('somebody else')
  })

  test('of a link to a file that is no source is read as none', () => {
    symlinkSync('/etc/passwd', join(root, 'p/plugin.config.ts'))
    expect(codes()).toEqual(['FM3003'])
  })

  test('of a link that leads to itself leads nowhere', () => {
    symlinkSync('plugin.config.ts', join(root, 'p/plugin.config.ts'))
    expect(codes()).toEqual(['FM1102'])
  })

  test('of a folder is no configuration, nor is a pipe, on which a reader would wait for ever', () => {
    mkdirSync(join(root, 'p/plugin.config.ts'))
    expect(codes()).toEqual(['FM1102'])
    rmSync(join(root, 'p/plugin.config.ts'), { recursive: true })
    spawnSync('mkfifo', [join(root, 'p/plugin.config.ts')])
    expect(codes()).toEqual(['FM1102'])
  })
})

describe('a configuration', () => {
  test('of ten megabytes composes', () => {
    const items = Array.from(
      { length: 90_000 },
      (_, at) =>
        `{ name: 'p.item${at}', label: 'A label that is as long as labels are', route: '/p/${at}', module: 'Main' }`,
    )
    plugin(`menu: [${items.join(',\n')}]`)
    expect(codes()).toEqual([])
  })

  test.each([
    ['brackets', `icon: ${nested('[', '', ']')}`],
    ['parentheses', `label: ${nested('(', '"p"', ')')}`],
    ['an operator', `label: ${'"x" + '.repeat(100_000)}""`],
    ['routes', `routes: ${nested('[{ path: "a", children: ', '[]', '}]')}`],
    ['templates', `label: ${nested('`${', '1', '}`')}`],
    ['functions', `initialize: ${'() => '.repeat(100_000)}1`],
  ])('that is nested a hundred thousand deep by %s is said to be so', (_, fields) => {
    plugin(fields)
    expect(codes()).toEqual(['FM3007'])
  })

  test('in JSON, and a manifest, that is nested a hundred thousand deep is said to be so', () => {
    write('p/plugin.config.json', `{ "name": "p", "icon": ${nested('[', '', ']')} }`)
    expect(codes()).toEqual(['FM3007'])
    write('p/package.json', `{ "name": "p", "framework-m": ${nested('[', '', ']')} }`)
    expect(codes()).toEqual(['FM1003'])
  })

  test('whose conditions are deep or long is read, or said to be so', () => {
    plugin(`menu: [{ name: 'p.a', label: 'A', route: '/a', when: '${nested('(', 'a', ')')}' }]`)
    expect(codes()).toEqual(['FM4009'])
    plugin(`menu: [{ name: 'p.a', label: 'A', route: '/a', when: '${'a && '.repeat(100_000)}a' }]`)
    expect(codes()).toEqual([])
  })

  test('that would be a million items, or a text of terabytes, is not evaluated', () => {
    config(`${tenfold(8, '[1]', (last) => `[${`...${last}, `.repeat(10)}]`)}
export default { name: 'p', menu: s7.map((n) => ({ name: 'p.' + n, label: 'x', route: '/x' })) }`)
    expect(codes()).toContain('FM4004')
    config(
      `${tenfold(14, '"lol"', (last) => Array(10).fill(last).join(' + '))}export default { name: 'p', label: s13 }`,
    )
    expect(codes()).toEqual(['FM3002'])
    plugin(`label: 'x'.repeat(2 ** 30), description: 'x'.padStart(1e9)`)
    expect(codes()).toEqual(['FM3002'])
  })

  test('that imports itself, or in a circle, is said to do so', () => {
    config(`import { a } from './a'\nexport const b = a\nexport default { name: 'p', label: a }`)
    write('p/a.ts', `import { b } from './plugin.config'\nexport const a = b`)
    expect(codes()).toContain('FM3006')
    config(`import me from './plugin.config'\nexport default { ...me, name: 'p' }`)
    expect(codes()).toEqual(['FM4004'])
  })

  test('that is no text is said to be none', () => {
    write('p/plugin.config.ts', Buffer.from([0xff, 0xfe, 0x41, 0x00]))
    expect(codes()).toEqual(['FM3003'])
  })
})

test('patterns that stand for too many, or match slowly, are bounded', () => {
  const workspaces = [`${'{'.repeat(50)}a,b${'}'.repeat(50)}`, '{a,b}'.repeat(30), '../**', '/etc/*', 'p']
  write('package.json', JSON.stringify({ name: 'company', workspaces }))
  expect(codes()).toContain('FM1006')
  write('package.json', JSON.stringify({ name: 'company', workspaces: ['shell', 'p'] }))
  tag({ plugin: './plugin.config.ts', hosts: [`${'*'.repeat(2_000)}a`, '{a,b}'.repeat(40)] })
  plugin('')
  expect(codes()).toEqual(['FM1105'])
})

describe('what is generated', () => {
  /** The host module as a browser would run it, and what ran in it that nobody asked for. */
  async function run(): Promise<{
    default: { name: string; label: string; services?: object; menu?: { name: string; label: string }[] }[]
  }> {
    const { module } = new Composer({ root, shell: join(root, 'shell') }).compose()
    expect(module).not.toContain('</script')
    expect(module).not.toMatch(/[\u2028\u2029]/)
    return import(`data:text/javascript;base64,${Buffer.from(module).toString('base64')}`)
  }

  test('holds texts that end scripts, lines or strings as they were written', async () => {
    const label = `</script><script>alert(1)</script> \u2028 \u2029 ' " \` \${1} \\ */ // <!--`
    plugin(
      `label: ${JSON.stringify(label)}, menu: [{ name: 'p.x', label: ${JSON.stringify(label)}, route: '/x' }]`,
    )
    const { default: plugins } = await run()
    expect(plugins[0]?.label).toBe(label)
    expect(plugins[0]?.menu?.[0]?.label).toBe(label)
  })

  test('has names that objects have already as names of its own', async () => {
    config(`export default {
  name: '__proto__',
  menu: [{ name: 'constructor', label: 'A', route: '/a' }],
  services: { ['__proto__']: () => 1, toString: () => 2 },
}`)
    const { default: plugins } = await run()
    expect(plugins.map(({ name }) => name)).toEqual(['__proto__'])
    expect(Object.keys(plugins[0]?.services ?? {})).toEqual(['__proto__', 'toString'])
    expect(({} as Record<string, unknown>).menu).toBeUndefined()
  })

  test.each(['a"; alert(1); "', '../../evil', 'a\nb'])(
    'is not named by what cannot name a plugin: %j',
    (name) => {
      config(`export default { name: ${JSON.stringify(name)} }`)
      expect(codes()).toEqual(['FM4006'])
    },
  )
})
