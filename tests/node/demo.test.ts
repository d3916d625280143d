import { join } from 'node:path'
import { expect, test } from 'vitest'
import { problemsOf } from '../compiler.js'

const fixtures = join(import.meta.dirname, '../../fixtures')
const erp = ['libs/ui', 'apps/wms/frontend', 'apps/personnel/frontend', 'apps/finance/frontend', 'frontend']
const projects = [...erp.map((dir) => `erp/${dir}`), 'misbehaving']

test.each(projects)('fixtures/%s is what the compiler expects', (dir) => {
  expect(problemsOf(join(fixtures, dir))).toEqual([])
})
