/**
 * @manypkg/get-packages, which Changesets and others stand on: `getPackagesSync(cwd)`, the faster of its two forms. It
 * finds out which tool's workspace it is, as we do.
 */
import { getPackagesSync } from '@manypkg/get-packages'
import { packageList } from '../../answer.mjs'

export const label = '@manypkg/get-packages, sync'

export function run({ root }) {
  const { packages, rootPackage } = getPackagesSync(root)
  return [...(rootPackage ? [rootPackage] : []), ...packages]
}

export function answer(found) {
  const packages = found.map(({ relativeDir, packageJson }) => ({
    dir: relativeDir || '.',
    tag: packageJson['framework-m'],
  }))
  // Some of its versions list the root among the packages, too.
  return packageList([...new Map(packages.map((item) => [item.dir, item])).values()])
}
