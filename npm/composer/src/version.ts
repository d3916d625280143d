import { readFileSync } from 'node:fs'

/** The version of this package. The packages of the project are published together, under one version. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return manifest.version
}
