import { readFileSync } from 'node:fs'
import { type Bundle, chunksOf } from '../graph/bundle.js'
import { fileOf } from '../graph/ownership.js'
import { moduleName } from './evidence.js'

/** The modules of the SDK that stand for its root where a package is not installed. */
const STAND_IN = /\/plugin-sdk\/dist\/without-(?:react|router)\.js$/

/** What they have in the place of what needs the package: functions that throw. */
const ABSENT = /\/plugin-sdk\/dist\/absent\/(react|router)\.js$/

const PACKAGES: Record<string, { name: string; install: string }> = {
  react: { name: 'React', install: 'react' },
  router: { name: 'React Router', install: 'react-router' },
}

export function isStandIn(id: string): boolean {
  return STAND_IN.test(id)
}

/** What to tell the author of an app that cannot work: one message for each package that is needed and not installed. */
export function absences(bundle: Bundle, importers: readonly string[], root: string): string[] {
  const rendered = chunksOf(bundle).flatMap(({ modules }) => Object.entries(modules))
  const used = rendered.filter(([id, { renderedLength }]) => renderedLength > 0 && ABSENT.test(id))
  return [...new Set(used.map(([id]) => id))].sort().map((id) => absence(id, importers, root))
}

function absence(id: string, importers: readonly string[], root: string): string {
  const { name, install } = PACKAGES[ABSENT.exec(id)?.[1] ?? ''] as (typeof PACKAGES)[string]
  const exported = [...readFileSync(fileOf(id), 'utf8').matchAll(/export function (\w+)/g)]
  const parts = exported.map(([, part = '']) => part)
  const files = [...importers].sort().map(fileOf)
  const found = files.flatMap((file) => usesIn(file, parts, root))
  // A file of another language, or one that imports everything under one name, has no place that could be shown.
  const uses = found.length > 0 ? found : files.map((file) => moduleName(file, root))
  return [
    `The app uses what needs ${name}, and \`${install}\` is not installed:`,
    ...uses.map((use) => `  ${use}`),
    `Install it in the shell (\`npm install ${install}\`), or do without: "Without ${name}" in docs/shell-authors.md says how.`,
  ].join('\n')
}

/** Where a module first has each part: `frontend/src/App.tsx:1:10 PluginRoutes`. */
function usesIn(file: string, parts: string[], root: string): string[] {
  const text = readIfThere(file)
  return parts.flatMap((part) => {
    const at = text.search(new RegExp(`\\b${part}\\b`))
    return at < 0 ? [] : [`${moduleName(file, root)}:${position(text, at)} ${part}`]
  })
}

function position(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n')
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
