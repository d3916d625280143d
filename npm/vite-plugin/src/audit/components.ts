import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Composed, Finding, FoundImport, LazyImport } from '@framework-m/composer'
import { normalizePath } from '../composition/normalize-path.js'
import { realPath } from '../composition/real-path.js'

/** What modules export, as a bundler has them. */
export interface ExportGraph {
  /**
   * The names that a module exports, where `*` stands for those of another module; `undefined` where only running it would
   * tell, and of what is no module of the build.
   */
  exports(id: string): readonly string[] | undefined
}

/** The modules that plugins take components from, and that do not have them. */
export function absentComponents({ exports }: ExportGraph, composed: Composed): Finding[] {
  const asked = new Map<string, LazyImport[]>()
  for (const page of composed.bundle.imports) {
    const key = JSON.stringify([page.plugin, page.module, page.export])
    asked.get(key)?.push(page) ?? asked.set(key, [page])
  }
  return [...asked.values()].flatMap((uses) => {
    const [{ plugin, module, export: name }] = uses as [LazyImport]
    const path = join(composed.root, module)
    // Bundlers name a module by where it really is, unless they are told to preserve links.
    const names = exports(normalizePath(path)) ?? exports(realPath(path))
    if (names === undefined || isAmong(names, name)) return []
    return [
      {
        kind: 'no-component',
        plugin,
        module,
        export: name,
        exports: names.filter((one) => one !== '*').sort(),
        uses: uses.map((use) => placeOf(use, composed.root)),
      },
    ]
  })
}

/** `export *` brings whatever the other module has, and no default export. Source: ECMAScript, 16.2.1.7.2.1. */
function isAmong(names: readonly string[], name: string): boolean {
  return names.includes(name) || (name !== 'default' && names.includes('*'))
}

/** A finding's places are in bytes. */
function placeOf({ file, start, end, module }: LazyImport, root: string): FoundImport {
  const path = join(root, file)
  const text = readFileSync(path, 'utf8')
  const bytes = (units: number) => Buffer.byteLength(text.slice(0, units))
  return { file: path, start: bytes(start), end: bytes(end), module }
}
