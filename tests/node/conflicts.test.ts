/** Every kind of conflict shows all declarations, wherever it is read: in a terminal, in `check`, in Vite's overlay. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { errorsIn, overlay } from '../../npm/vite-plugin/src/composition/print.js'
import { compose, options } from './fixture.js'

const { root = '', shell = '' } = options('conflicts-show-both-declarations')
const { diagnostics } = compose('conflicts-show-both-declarations')
const command = join(import.meta.dirname, '../../node_modules/.bin/framework-m')
const printed = (format: string) =>
  spawnSync(command, ['check', '--root', root, '--shell', shell, '--format', format], { encoding: 'utf8' })
    .stdout
const [pretty, github, sarif] = ['pretty', 'github', 'sarif'].map(printed)
const shown = overlay(errorsIn(diagnostics), root)

test.each([
  ['plugin', 'FM2001'],
  ['menu item', 'FM2002'],
  ['route', 'FM2003'],
  ['extension', 'FM2004'],
  ['extension point', 'FM2005'],
  ['service', 'FM2006'],
  ['permission', 'FM2007'],
  ['setting', 'FM2008'],
])('two of one %s', (_, code) => {
  const conflict = diagnostics.find((diagnostic) => diagnostic.code === code)
  const [one, other] = conflict?.labels ?? []
  if (!conflict?.frame || !one || !other) throw new Error(`no ${code} with two declarations`)
  expect(one.file).not.toBe(other.file)
  for (const { file, line } of [one, other]) expect(conflict.frame).toContain(`${file}:${line}:`)
  expect(pretty).toContain(conflict.frame)
  expect(shown?.frame).toContain(conflict.frame)
  expect(github).toContain(`title=${code} ${conflict.name}::`)
  expect(github).toContain(`%0A${other.file}:${other.line}:`)
  const result = JSON.parse(sarif ?? '').runs[0].results.find(
    ({ ruleId }: { ruleId: string }) => ruleId === code,
  )
  const places = [...result.locations, ...result.relatedLocations].map(
    ({ physicalLocation }) => physicalLocation.artifactLocation.uri,
  )
  expect(places).toEqual([one.file, other.file])
})
