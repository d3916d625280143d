/** A page of the documentation, taken apart. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const repository = join(import.meta.dirname, '../..')

interface Block {
  /** `ts`, `tsx`, `sh`… */
  readonly language: string
  /** What follows the language: for code, the file that is quoted. */
  readonly info: string
  readonly text: string
  /** Its first line in the page, from 1. */
  readonly line: number
}

interface Page {
  /** Relative to the repository. */
  readonly file: string
  readonly text: string
  /** The text without its blocks. */
  readonly prose: string
  readonly blocks: readonly Block[]
}

const BLOCK = /^```(\S*) ?(.*)\n([\s\S]*?)^```$/gm

export function page(file: string): Page {
  const text = readFileSync(join(repository, file), 'utf8')
  const blocks = [...text.matchAll(BLOCK)].map(({ 1: language = '', 2: info = '', 3: code = '', index }) => ({
    ...{ language, info, text: code },
    line: text.slice(0, index).split('\n').length,
  }))
  return { file, text, blocks, prose: text.replaceAll(BLOCK, '') }
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchors({ prose }: Page): string[] {
  const seen = new Map<string, number>()
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return count ? `${slug}-${count}` : slug
  })
}

/** The targets of a page's links. */
export function links({ prose }: Page): string[] {
  return [...prose.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
}

interface Section {
  /** The names between backticks in its heading. */
  readonly names: readonly string[]
  readonly text: string
}

/** The sections whose headings are of the third level. */
export function sections({ prose }: Page): Section[] {
  return prose
    .split(/^(?=#{1,3} )/m)
    .filter((section) => section.startsWith('### '))
    .map((section) => {
      const [heading = ''] = section.split('\n')
      const names = [...heading.matchAll(/`<?([\w$]+)[^`]*`/g)].map(([, name = '']) => name)
      return { names, text: section }
    })
}

/** The first cells of the rows of the tables whose first column has this title. */
export function cells(text: string, title: string): string[] {
  const tables = text.matchAll(/^\| ([^|]*?) \|.*\n\|[-| ]+\n((?:\|.*\n?)+)/gm)
  return [...tables]
    .filter(([, first]) => first === title)
    .flatMap(([, , rows = '']) => rows.trim().split('\n'))
    .map((row) => row.split(/(?<!\\)\|/)[1]?.trim() ?? '')
}
