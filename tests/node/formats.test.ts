/** What `framework-m check` prints for machines, held against what the machines ask for. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Diagnostic, diagnosticCodes } from '@framework-m/composer'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { annotation } from '../../npm/composer/src/annotation.js'
import { rule, sarif } from '../../npm/composer/src/sarif.js'
import { names, options } from './fixture.js'

const project = join(import.meta.dirname, '../..')
const command = join(project, 'node_modules/.bin/framework-m')

function check(root: string, shell: string | undefined, format: string): string {
  const args = ['check', '--root', root, ...(shell ? ['--shell', shell] : []), '--format', format]
  return spawnSync(command, args, { encoding: 'utf8' }).stdout
}

/** Ajv's own validators of formats come in another package. */
const formats = {
  uri: (text: string) => URL.canParse(text),
  'uri-reference': (text: string) => URL.canParse(text, 'file:///'),
  'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
}

/** The schema of OASIS, as the crate serde-sarif ships it. */
const sarifSchema = JSON.parse(readFileSync(join(project, 'tests/schemas/sarif-2.1.0.json'), 'utf8'))
// One of its patterns is none where regular expressions are Unicode's.
const isSarif = new Ajv({ strict: false, unicodeRegExp: false, formats }).compile(sarifSchema)
const isDiagnostics = new Ajv2020({ strict: false, formats: { uint32: true } }).compile(
  JSON.parse(readFileSync(join(project, 'npm/composer/schema/diagnostics.json'), 'utf8')),
)

/** A workspace whose folders and labels have every character that a format could stumble over. */
function odd(): string {
  const root = mkdtempSync(join(tmpdir(), 'framework-m-'))
  const files = {
    'package.json': '{ "name": "odd", "private": true, "workspaces": ["*"] }',
    'a b,c%41#ö/package.json': '{ "name": "one", "version": "1.0.0", "framework-m": true }',
    'a b,c%41#ö/plugin.config.ts': "export default { 'x:y,z%0A\\r\\n::error::ö😀': 1 }",
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

describe.each([...names, undefined])('%s', (name) => {
  const { root, shell } = name === undefined ? { root: odd() } : options(name)

  test('is SARIF and JSON by their schemas', () => {
    const log = JSON.parse(check(root ?? '', shell, 'sarif'))
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true)
    const diagnostics: Diagnostic[] = JSON.parse(check(root ?? '', shell, 'json'))
    expect(isDiagnostics(diagnostics), JSON.stringify(isDiagnostics.errors)).toBe(true)
    const { results, tool } = log.runs[0]
    expect(results).toHaveLength(diagnostics.length)
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
  })
})

test('SARIF names files by addresses that lead back to them', () => {
  const log = JSON.parse(check(odd(), undefined, 'sarif'))
  const { uri } = log.runs[0].results[0].locations[0].physicalLocation.artifactLocation
  expect(decodeURIComponent(uri)).toBe('a b,c%41#ö/plugin.config.ts')
  expect(new URL(uri, 'file:///').hash).toBe('')
})

test('the schemas refuse what is not theirs', () => {
  expect(isSarif({ version: '2.1.0' })).toBe(false)
  expect(isDiagnostics([{ code: 'FM2003' }])).toBe(false)
})

test('every rule says what it means, and where its page is once the repository has an address', () => {
  const repository = { url: 'git+https://example.com/acme/framework-m.git' }
  for (const code of diagnosticCodes()) {
    expect(rule(code, undefined)).not.toHaveProperty('helpUri')
    const { helpUri, help, fullDescription } = rule(code, repository)
    expect(helpUri).toBe(`https://example.com/acme/framework-m/blob/HEAD/docs/diagnostics/${code.code}.md`)
    expect(help.markdown).toContain(code.summary)
    expect(fullDescription.text.startsWith(code.summary)).toBe(true)
    readFileSync(join(project, 'docs/diagnostics', `${code.code}.md`))
  }
  expect(isSarif(sarif([]))).toBe(true)
})

describe('an annotation', () => {
  const label = { file: 'a,b/c:d%.ts', line: 1, column: 2, endLine: 1, endColumn: 5, text: 'here' }
  const diagnostic: Diagnostic = {
    ...{ code: 'FM2003', name: 'route-conflict', severity: 'warning' },
    ...{ message: 'Two lines:\nof 100%,\rand more.', labels: [label], help: 'Mend it.' },
  }

  test('escapes what has a meaning in it', () => {
    expect(annotation(diagnostic)).toBe(
      '::warning file=a%2Cb/c%3Ad%25.ts,line=1,endLine=1,col=2,endColumn=5,title=FM2003 route-conflict' +
        '::Two lines:%0Aof 100%25,%0Dand more.%0Ahere%0AMend it.',
    )
  })

  test('is one line a diagnostic, whatever names an author gives', () => {
    const lines = check(odd(), undefined, 'github').trimEnd().split('\n')
    expect(lines).toHaveLength(JSON.parse(check(odd(), undefined, 'json')).length)
    for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) file=a b%2Cc%2541#ö\//)
  })

  test('names both places of a conflict', () => {
    const other = { ...label, file: 'other.ts', line: 7, text: 'declares it again' }
    expect(annotation({ ...diagnostic, labels: [label, other] })).toContain(
      '%0Aother.ts:7:2 declares it again',
    )
  })

  test('has no columns where it spans lines, and no place where there is none', () => {
    expect(annotation({ ...diagnostic, labels: [{ ...label, endLine: 3 }] })).not.toContain('col=')
    expect(annotation({ ...diagnostic, labels: [] })).toMatch(/^::warning title=FM2003/)
  })
})
