import { readFileSync } from 'node:fs'

/** What is read of this package's own `package.json`. */
interface Manifest {
  version: string
  repository?: { url: string }
}

export function manifest(): Manifest {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Manifest
}

/** The version of this package. The packages of the project are published together, under one version. */
export function version(): string {
  return manifest().version
}
