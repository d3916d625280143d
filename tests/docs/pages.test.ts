/** The pages for plugin authors and shell authors: what they quote is there, and so is what they link to. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { anchors, links, page, repository } from './page.js'

const quoting = ['docs/plugin-authors.md', 'docs/shell-authors.md', 'docs/api.md', 'npm/plugin-sdk/README.md']
const linking = [...quoting, 'README.md', 'docs/when.md', 'docs/examples/README.md']
const CODE = /^(ts|tsx|js|jsx|typescript|javascript)$/

/** Lines without the indentation that all of them have. */
function dedented(lines: readonly string[]): string {
  const indent = Math.min(...lines.filter(Boolean).map((line) => line.length - line.trimStart().length))
  return lines.map((line) => line.slice(indent)).join('\n')
}

/** Whether some lines of a text, one after another, are the lines of a quotation. */
function quotes(text: string, quotation: string): boolean {
  const [lines, count] = [text.split('\n'), quotation.trimEnd().split('\n').length]
  return lines.some((_, at) => dedented(lines.slice(at, at + count)) === quotation.trimEnd())
}

describe.each(quoting)('%s', (file) => {
  const code = page(file).blocks.filter(({ language }) => CODE.test(language))

  test('has code, and each piece of it is of an example that is compiled', () => {
    expect(code).not.toEqual([])
    for (const { info, text, line } of code) {
      const place = `${file}:${line}`
      expect(info, `${place}: which example is it?`).toMatch(/^examples\/\S+\.tsx?$/)
      const example = join(repository, 'docs', info)
      expect(existsSync(example), `${place}: there is no ${info}`).toBe(true)
      expect(quotes(readFileSync(example, 'utf8'), text), `${place} is not in ${info}:\n${text}`).toBe(true)
    }
  })
})

describe.each(linking)('%s', (file) => {
  test('links to what is there', () => {
    for (const target of links(page(file))) {
      if (/^https?:/.test(target)) continue
      const [path = '', anchor] = target.split('#')
      const there = path ? join(file, '..', path) : file
      expect(existsSync(join(repository, there)), `${file} links to ${target}`).toBe(true)
      if (anchor !== undefined) expect(anchors(page(there)), `${file} links to ${target}`).toContain(anchor)
    }
  })
})

test('diagnostics that are shown are those of a fixture, and codes that are named exist', () => {
  const read = (folder: string, file: string) =>
    readdirSync(join(repository, folder)).flatMap((name) => {
      const path = join(repository, folder, name, file)
      return existsSync(path) ? [readFileSync(path, 'utf8')] : []
    })
  const diagnostics = read('fixtures', 'expected/diagnostics.txt')
  const codes = read('crates/composer/src/messages', '').join('\n')
  const shown = quoting.flatMap((file) =>
    page(file)
      .blocks.filter(({ language, text }) => language === 'text' && /^(error|warning|info)\[/.test(text))
      .map(({ text, line }) => ({ text, place: `${file}:${line}` })),
  )
  expect(shown.length).toBeGreaterThan(0)
  for (const { text, place } of shown)
    expect(
      diagnostics.some((printed) => printed.includes(text)),
      place,
    ).toBe(true)
  const named = quoting.flatMap((file) => page(file).text.match(/\bFM\d{4}\b/g) ?? [])
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((code) => !codes.includes(code))).toEqual([])
})

test('the README leads to each page', () => {
  const targets = links(page('README.md'))
  expect(targets).toEqual(expect.arrayContaining(quoting.slice(0, 3)))
})
