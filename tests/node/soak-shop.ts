/** A monorepo on disk that is changed at random, as people and their tools change one. */
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Numbers below `end`, the same for the same seed. */
export function randomFrom(seed: number): (end: number) => number {
  let state = (seed * 0x9e3779b9) >>> 0 || 1
  return (end) => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % end
  }
}

const GROUPS = ['plugins', 'teams/red', 'teams/blue', 'moved']
const STORE = 'node_modules/.store'
const MEMBERS = ['shell', 'plugins/*', 'libs/*', 'teams/*/*']
const PATTERNS = [MEMBERS, ['shell', 'plugins/*'], ['shell', 'plugins/**', '!plugins/p1', 'libs/*'], ['**']]
const TAGS = [
  true,
  true,
  false,
  null,
  { enabled: false },
  './plugin.config.ts',
  './gone.ts',
  { hosts: ['x'] },
]
const BROKEN = [
  'export default {{',
  'export default { lable: 1 }',
  `import { x } from './no'\nexport default { name: x }`,
]

export class Shop {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'framework-m-soak-')))
  readonly shell = join(this.root, 'shell')
  #count = 0

  constructor(readonly random: (end: number) => number) {
    this.write('pnpm-lock.yaml', "lockfileVersion: '9.0'\n")
    this.write('.gitignore', 'node_modules\n')
    this.write('shell/package.json', json({ name: '@co/shell', dependencies: { '@bought/plugin': '*' } }))
    this.write('libs/lib/package.json', json({ name: '@co/lib', main: './index.ts' }))
    this.write('libs/lib/index.ts', "export { word } from './inner/word'\n")
    this.write('libs/lib/inner/word.ts', "export const word = 'Library'\n")
    this.write('shared/words.ts', "export const word = 'Shared'\n")
    this.members(MEMBERS)
    this.paths('./shared/words.ts')
    this.install()
    for (let index = 0; index < 6; index++) this.plugin(`plugins/p${index}`)
    this.git('init', '-q', '-b', 'main')
    this.commit()
    this.git('checkout', '-qb', 'other')
    for (let index = 0; index < 100; index++) this.plugin(`plugins/x${index}`)
    rmSync(this.at('plugins/p0'), { recursive: true })
    this.commit()
    this.git('checkout', '-q', 'main')
  }

  at(path: string): string {
    return join(this.root, path)
  }

  has(path: string): boolean {
    return existsSync(this.at(path))
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true })
    writeFileSync(this.at(path), text)
  }

  /** As editors save. */
  replace(path: string, text: string): void {
    this.write(`${path}~`, text)
    renameSync(this.at(`${path}~`), this.at(path))
  }

  remove(path: string): void {
    rmSync(this.at(path), { recursive: true, force: true })
  }

  move(from: string, to: string): void {
    mkdirSync(dirname(this.at(to)), { recursive: true })
    renameSync(this.at(from), this.at(to))
  }

  /** Moves one of two to the place of the other, whichever is there. */
  toggle(one: string, other: string): void {
    if (this.has(one)) this.move(one, other)
    else if (this.has(other)) this.move(other, one)
  }

  link(path: string, target: string): void {
    this.remove(path)
    mkdirSync(dirname(this.at(path)), { recursive: true })
    symlinkSync(relative(dirname(this.at(path)), this.at(target)), this.at(path), 'junction')
  }

  git(...command: string[]): void {
    const identity = ['-c', 'user.name=soak', '-c', 'user.email=soak@example.com', '-c', 'gc.auto=0']
    execFileSync('git', [...identity, ...command], { cwd: this.root, stdio: 'pipe' })
  }

  commit(): void {
    this.git('add', '-A')
    this.git('commit', '-qm', 'state')
  }

  pick<T>(all: readonly T[]): T {
    return all[this.random(all.length)] as T
  }

  /** A name that nothing has had. */
  name(prefix: string): string {
    return `${prefix}${this.#count++}`
  }

  config(name: string): string {
    const word = this.pick(['./src/words', '@words', '@co/lib', '../../shared/words'])
    return `import { word } from '${word}'
export default {
  name: '${name}',
  label: '${this.name('Label ')}',
  menu: [{ name: '${name}.menu', label: word, route: '/${name}' }],
  routes: [{ path: '/${name}', component: () => import('./src/Page') }],
}
`
  }

  plugin(dir: string, tag: unknown = true): void {
    const name = basename(dir)
    const peerDependencies = { react: '*' }
    this.write(`${dir}/package.json`, json({ name: `@co/${name}`, 'framework-m': tag, peerDependencies }))
    this.write(`${dir}/src/words.ts`, `export const word = '${this.name('Word ')}'\n`)
    this.write(`${dir}/src/Page.tsx`, "export default () => 'page'\n")
    this.write(`${dir}/plugin.config.ts`, this.config(name))
  }

  members(patterns: string[]): void {
    this.write('package.json', json({ name: 'co', private: true, workspaces: patterns }))
    this.write(
      'pnpm-workspace.yaml',
      `packages:\n${patterns.map((pattern) => `  - '${pattern}'\n`).join('')}`,
    )
  }

  paths(target: string): void {
    this.write('tsconfig.json', json({ compilerOptions: { paths: { '@words': [target] } } }))
  }

  /** As package managers do: links that lead over links. */
  install(): void {
    for (const version of ['1', '2']) {
      this.write(`${STORE}/react@${version}/package.json`, json({ name: 'react', version: `${version}.0.0` }))
      const plugin = `${STORE}/plugin@${version}`
      this.write(`${plugin}/package.json`, json({ name: '@bought/plugin', 'framework-m': './config.js' }))
      this.write(`${plugin}/config.js`, `export default { label: 'Bought ${version}' }\n`)
    }
    this.use('react', '1')
    this.use('plugin', '1')
    this.link('node_modules/react', 'node_modules/.current/react')
    this.link('node_modules/@bought/plugin', 'node_modules/.current/plugin')
  }

  use(name: string, version: string): void {
    this.link(`node_modules/.current/${name}`, `${STORE}/${name}@${version}`)
  }

  plugins(): string[] {
    const inGroup = (group: string) =>
      readdirSync(this.at(group))
        .sort()
        .map((name) => `${group}/${name}`)
    return GROUPS.filter((group) => this.has(group))
      .flatMap(inGroup)
      .filter((dir) => this.has(`${dir}/package.json`))
  }
}

/** Whatever happens on a disk. Each is given a plugin's folder. */
export const OPERATIONS: Record<string, (shop: Shop, dir: string) => void> = {
  edit: (shop, dir) => shop.write(`${dir}/plugin.config.ts`, shop.config(basename(dir))),
  editImported: (shop, dir) => shop.write(`${dir}/src/words.ts`, `export const word = '${shop.name('W')}'\n`),
  save: (shop, dir) => shop.replace(`${dir}/plugin.config.ts`, shop.config(basename(dir))),
  skew(shop, dir) {
    const time = new Date(shop.pick([0, 1e12, 4e12]))
    shop.write(`${dir}/plugin.config.ts`, shop.config(basename(dir)))
    utimesSync(shop.at(`${dir}/plugin.config.ts`), time, time)
  },
  recreate(shop, dir) {
    const text = readFileSync(shop.at(`${dir}/plugin.config.ts`), 'utf8')
    shop.remove(`${dir}/plugin.config.ts`)
    shop.write(`${dir}/plugin.config.ts`, `${text}// Again, and where everything stood before.\n`)
  },
  lose: (shop, dir) => shop.remove(`${dir}/${shop.pick(['plugin.config.ts', 'src/words.ts', 'src'])}`),
  breakManifest: (shop, dir) => shop.write(`${dir}/package.json`, '{ "name": '),
  breakConfig: (shop, dir) => shop.write(`${dir}/plugin.config.ts`, shop.pick(BROKEN)),
  mend(shop, dir) {
    shop.remove(dir)
    shop.plugin(dir)
  },
  rename: (shop, dir) => shop.move(dir, `${dirname(dir)}/${shop.name('n')}`),
  move: (shop, dir) => shop.move(dir, `${shop.pick(GROUPS)}/${shop.name('m')}`),
  swap(shop, dir) {
    const other = shop.pick(shop.plugins())
    if (other === dir) return
    shop.move(dir, 'swapped')
    shop.move(other, dir)
    shop.move('swapped', other)
  },
  tag: (shop, dir) => shop.plugin(dir, shop.pick(TAGS)),
  add: (shop) => shop.plugin(`${shop.pick(GROUPS)}/${shop.name('a')}`),
  addAtOnce(shop) {
    shop.plugin('ready')
    shop.move('ready', `plugins/${shop.name('a')}`)
  },
  delete: (shop, dir) => shop.remove(dir),
  members: (shop) => shop.members(shop.pick(PATTERNS)),
  tool(shop) {
    shop.toggle('pnpm-workspace.yaml', 'workspace.away')
    shop.toggle('pnpm-lock.yaml', 'lock.away')
  },
  paths: (shop) => shop.paths(shop.pick(['./shared/words.ts', './libs/lib/index.ts', './none.ts'])),
  library: (shop) => shop.write('libs/lib/inner/word.ts', `export const word = '${shop.name('L')}'\n`),
  moveLibrary: (shop) => shop.toggle('libs/lib', 'libs/other'),
  moveShared: (shop) => shop.toggle('shared', 'elsewhere'),
  use: (shop) => shop.use(shop.pick(['react', 'plugin']), shop.pick(['1', '2', '3'])),
  bought: (shop) =>
    shop.write(
      `${STORE}/plugin@${shop.pick([1, 2, 3])}/config.js`,
      `export default { label: '${shop.name('B')}' }\n`,
    ),
  uninstall: (shop) => shop.remove('node_modules'),
  install: (shop) => shop.install(),
  moveInstalled: (shop) => shop.toggle('node_modules', 'away'),
  linkPlugin(shop) {
    const name = shop.name('l')
    shop.plugin(`kept/${name}`)
    shop.link(`plugins/${name}`, `kept/${name}`)
  },
  unlink(shop) {
    const names = readdirSync(shop.at('plugins')).sort()
    const links = names.filter((name) => lstatSync(shop.at(`plugins/${name}`)).isSymbolicLink())
    if (links.length > 0) shop.remove(`plugins/${shop.pick(links)}`)
  },
  moveKept: (shop) => shop.toggle('kept', 'kept-elsewhere'),
  linkManifest(shop, dir) {
    shop.move(`${dir}/package.json`, 'shared-manifest.json')
    shop.link(`${dir}/package.json`, 'shared-manifest.json')
  },
  editLinked: (shop) =>
    shop.write('shared-manifest.json', json({ name: shop.name('@co/s'), 'framework-m': shop.pick(TAGS) })),
  folderForFile(shop, dir) {
    const file = `${dir}/${shop.pick(['plugin.config.ts', 'src/words.ts', 'package.json'])}`
    shop.remove(file)
    mkdirSync(shop.at(file), { recursive: true })
  },
  fileForFolder(shop, dir) {
    shop.remove(`${dir}/src`)
    shop.write(`${dir}/src`, '')
  },
  case: (shop, dir) => shop.toggle(`${dir}/src/words.ts`, `${dir}/src/Words.ts`),
  away: (shop) => {
    shop.move('plugins', 'plugins-away')
    shop.move('plugins-away', 'plugins')
  },
  checkout: (shop) => shop.git('checkout', '-qf', shop.pick(['main', 'other'])),
  clean(shop) {
    shop.git('reset', '-q', '--hard')
    shop.git('clean', '-qfd')
  },
}
