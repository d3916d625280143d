/** `ARCHITECTURE.md` is the map of the code, and the code is as it says. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const repository = join(import.meta.dirname, '..')

/** The modules below a folder, each with those that it imports by a path: names relative to the folder, without endings. */
function modulesIn(folder: string): Map<string, string[]> {
  const root = join(repository, folder)
  const name = (file: string) =>
    relative(root, file)
      .split(sep)
      .join('/')
      .replace(/\.\w+$/, '')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  )
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'))
      const paths = importedFiles.map(({ fileName }) => fileName).filter((path) => path.startsWith('.'))
      return [name(join(root, file)), paths.map((path) => name(join(root, file, '..', path)))]
    }),
  )
}

/** The rooms of the plugin for bundlers, in the order of their table. */
function rooms(): string[] {
  const text = readFileSync(join(repository, 'ARCHITECTURE.md'), 'utf8')
  const [section = ''] = text.split('## The plugin for bundlers')[1]?.split('\n## ') ?? []
  return [...section.matchAll(/^\| `(\w+)\/` \|/gm)].map(([, room]) => room as string)
}

test('a room of the plugin for bundlers imports those above it alone', () => {
  const order = rooms()
  const modules = modulesIn('npm/vite-plugin/src')
  const roomOf = (module: string) => module.split('/').slice(0, -1)[0]
  const found = [...new Set([...modules.keys()].map(roomOf))].filter((room) => room !== undefined)
  expect(found.sort()).toEqual([...order].sort())
  const imports = [...modules].flatMap(([from, all]) => all.map((to) => ({ from, to })))
  const wrong = imports.filter(({ from, to }) => {
    const [here, there] = [from, to].map((module) => order.indexOf(roomOf(module) ?? ''))
    return here !== -1 && (there === -1 || (there as number) > (here as number))
  })
  expect(imports.length).toBeGreaterThan(100)
  expect(wrong).toEqual([])
})

test.each(['composer/src', 'vite-plugin/src', 'vite-plugin/inspector', 'plugin-sdk/src'])(
  'no module of npm/%s leads to itself',
  (folder) => {
    const modules = modulesIn(`npm/${folder}`)
    const circles = [...modules.keys()].filter((module) => reachedFrom(module, modules).has(module))
    expect(circles).toEqual([])
  },
)

function reachedFrom(module: string, modules: Map<string, string[]>): Set<string> {
  const reached = new Set(modules.get(module))
  for (const one of reached) for (const imported of modules.get(one) ?? []) reached.add(imported)
  return reached
}
