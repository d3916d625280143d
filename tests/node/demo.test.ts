import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const erp = ['libs/ui', 'apps/wms/frontend', 'apps/personnel/frontend', 'apps/finance/frontend', 'frontend']
const projects = [...erp.map((dir) => `erp/${dir}`), 'misbehaving']

test.each(projects)('fixtures/%s is what the compiler expects', (dir) => {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const args = [compiler, '--noEmit', '--project', join(root, 'fixtures', dir)]
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(stdout).toBe('')
  expect(status).toBe(0)
})
