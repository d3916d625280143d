import { type Package, packages } from '@framework-m/composer'

/** What `framework-m packages --json` prints for one package. */
type Listed = Package

/** Our own discovery, asked about many roots. */
export function discover(roots: string[]): Listed[][] {
  return roots.map((root) => packages({ root, frames: 'none' }).packages)
}
