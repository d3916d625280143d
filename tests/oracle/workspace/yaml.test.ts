/** YAML as pnpm reads it: what each text says under the metadata key, by us and by the reader that pnpm calls. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packages } from '@framework-m/composer'
import { afterAll, expect, test } from 'vitest'

// pnpm reads `package.yaml` through @pnpm/read-project-manifest, which calls `read-yaml-file`.
const require = createRequire(import.meta.url)
const pnpm = createRequire(require.resolve('@pnpm/fs.find-packages'))
const reader = createRequire(pnpm.resolve('@pnpm/read-project-manifest'))
const { sync: theirs } = reader('read-yaml-file') as { sync(file: string): Record<string, unknown> }

const root = mkdtempSync(join(tmpdir(), 'framework-m-yaml-'))
afterAll(() => rmSync(root, { recursive: true }))

/** Texts that are read. */
const read = [
  'tag: true',
  'tag: [True, TRUE, False, yes, no, on, off, y, n]',
  'tag: [null, Null, NULL, ~, nothing]',
  'tag: [0, -1, +1, 010, 1.0, 1., .5, 1e3, 1.5E-2, 0x1F, 0o17, 9007199254740993]',
  'tag: [1.2.3, 1e, 0xg, ., .., --, +, inf, nan, infinity, 1x, "", 1 000]',
  'tag: [.inf, -.inf, .NaN]',
  'tag: ["1", \'true\', "~", !!str 1, !!str true, !!int "12", !!float 1, !!bool "true"]',
  'tag: "a\\tb\\u00e9\\U0001F600\\x41\\/ \\\n  folded"',
  "tag: 'it''s'",
  'tag: plain text:with#no comment',
  'tag: plain#text # a comment',
  'tag: |\n  one\n   two\n\n  three\n',
  'tag: |-\n  one\n  two\n',
  'tag: |+\n  one\n\n',
  'tag: >\n  folded\n  lines\n\n  here\n',
  'tag: >2-\n   indented\n  less\n',
  'tag:\n- a\n- - b\n  - c\n-\n  d: e\n  f:\n- ? g\n  : h\n',
  'tag: { a: 1, "b": [2, { c: 3 }], d, e: , "f":4 }',
  'tag:\n  - &one { a: 1, b: [2] }\n  - *one\n  - [*one, *one]\n',
  'base: &base { a: 1, b: 2 }\ntag: { <<: *base, b: 3, c: 4 }',
  'base: &base { a: 1 }\nmore: &more { a: 2, d: 5 }\ntag: { b: 3, <<: [*base, *more] }',
  'tag: { "<<": 1, \'<<<\': 2 }',
  'key: &key name\ntag: { *key : 1 }',
  '%YAML 1.2\n---\ntag: 1\n...\n',
  '# a comment\n\n---\ntag: é😀 \n',
  '\uFEFFtag: 1\r\nother: 2\r\n',
  `tag: ${'['.repeat(60)}1${']'.repeat(60)}`,
]

/** Texts that are refused. */
const refused = [
  'tag: [',
  'tag: "open',
  'tag: { a: 1, a: 2 }',
  'tag: *unknown',
  'tag: 1\n---\ntag: 2\n',
  'tag: { <<: 1 }',
  'tag: a\n b: c\n  d: e',
  'tag: @at',
  'tag: "\\q"',
  '- tag',
]

const at = (text: string) => {
  const dir = mkdtempSync(join(root, 'text-'))
  mkdirSync(join(dir, 'member'))
  writeFileSync(join(dir, 'package.json'), '{ "name": "root" }')
  writeFileSync(join(dir, 'pnpm-workspace.yaml'), 'packages: [member]\n')
  writeFileSync(join(dir, 'member/package.yaml'), text)
  const { packages: found, diagnostics } = packages({ root: dir, metadataKey: 'tag', frames: 'none' })
  return {
    file: join(dir, 'member/package.yaml'),
    member: found.find((it) => it.dir === 'member'),
    diagnostics,
  }
}

test.each(read)('%j', (text) => {
  const { file, member, diagnostics } = at(text)
  expect(diagnostics.filter((it) => it.name === 'invalid-file')).toEqual([])
  expect(member?.tag ?? null).toEqual(JSON.parse(JSON.stringify(theirs(file).tag ?? null)))
})

test.each(refused)('refuses %j', (text) => {
  const { file, diagnostics } = at(text)
  expect(diagnostics.map((it) => it.name)).toContain('invalid-file')
  const read = () => {
    const value = theirs(file)
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Error('no object')
  }
  expect(read).toThrow()
})
