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
  const namesOf = (module: string) => {
    const path = join(composed.root, module)
    // Bundlers name a module by where it really is, unless they are told to preserve links.
    return exports(normalizePath(path)) ?? exports(realPath(path))
  }
  const absent = new Map<string, [uses: LazyImport[], names: readonly string[]]>()
  for (const page of composed.bundle.imports) {
    const names = namesOf(page.module)
    if (names === undefined || isAmong(names, page.export)) continue
    const key = JSON.stringify([page.plugin, page.module, page.export])
    absent.get(key)?.[0].push(page) ?? absent.set(key, [[page], names])
  }
  return [...absent.values()].map(([uses, names]) => {
    const [{ plugin, module, export: name }] = uses as [LazyImport]
    return {
      kind: 'no-component',
      plugin,
      module,
      export: name,
      exports: names.filter((one) => one !== '*').sort(),
      uses: uses.map((use) => placeOf(use, composed.root)),
    }
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
