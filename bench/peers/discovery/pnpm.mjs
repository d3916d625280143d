/** pnpm's own finder: `findWorkspacePackagesNoCheck(root, { patterns })`. It reads package.yaml and package.json5 too, and sorts. */
import { relative } from 'node:path'
import { findWorkspacePackagesNoCheck } from '@pnpm/workspace.find-packages'
import { packageList } from '../../answer.mjs'

export const label = '@pnpm/workspace.find-packages'

export const run = ({ root, patterns }) =>
  findWorkspacePackagesNoCheck(root, { patterns: ['.', ...patterns] })

export function answer(found, { root }) {
  return packageList(
    found.map(({ rootDirRealPath, rootDir, manifest }) => ({
      dir: relative(root, rootDirRealPath ?? rootDir) || '.',
      tag: manifest['framework-m'],
    })),
  )
}
