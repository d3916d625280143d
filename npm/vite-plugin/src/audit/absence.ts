import { readFileSync } from 'node:fs'
import type { Finding, FoundImport } from '@framework-m/composer'
import { type Bundle, chunksOf } from '../graph/bundle.js'
import { fileOf } from '../graph/ownership.js'

/** The modules of the SDK that stand for its root where a package is not installed. */
const STAND_IN = /\/plugin-sdk\/dist\/without-(?:react|router)\.js$/

/** What they have in the place of what needs the package: functions that throw. */
const ABSENT = /\/plugin-sdk\/dist\/absent\/(react|router)\.js$/

const PACKAGES: Record<string, string> = { react: 'react', router: 'react-router' }

export function isStandIn(id: string): boolean {
  return STAND_IN.test(id)
}

/** What an app uses that cannot work, by the package that is needed and not installed. */
export function absences(bundle: Bundle, importers: readonly string[]): Finding[] {
  const rendered = chunksOf(bundle).flatMap(({ modules }) => Object.entries(modules))
  const used = rendered.filter(([id, { renderedLength }]) => renderedLength > 0 && ABSENT.test(id))
  return [...new Set(used.map(([id]) => id))].sort().map((id) => absence(id, importers))
}

function absence(id: string, importers: readonly string[]): Finding {
  const exported = [...readFileSync(fileOf(id), 'utf8').matchAll(/export function (\w+)/g)]
  const parts = exported.map(([, part = '']) => part)
  const files = [...importers].sort().map(fileOf)
  const found = files.flatMap((file) => usesIn(file, parts))
  // A file of another language, or one that imports everything under one name, has no place that could be shown.
  const uses = found.length > 0 ? found : files.map((file) => ({ file, module: '' }))
  return { kind: 'absent-peer', package: PACKAGES[ABSENT.exec(id)?.[1] ?? ''] ?? '', uses }
}

/** Where a module first has each part. */
function usesIn(file: string, parts: string[]): FoundImport[] {
  const text = readIfThere(file)
  return parts.flatMap((part) => {
    const at = text.search(new RegExp(`\\b${part}\\b`))
    if (at < 0) return []
    const start = Buffer.byteLength(text.slice(0, at))
    return [{ file, start, end: start + part.length, module: part }]
  })
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
