/**
 * Conditions: the SDK gives what `fixtures/when` says, as the composer does (`tests/when.rs`). Of an error it says where it
 * is; why, the composer says.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Composer } from '@framework-m/composer'
import { describe, expect, test } from 'vitest'
import { type ConditionSyntaxError, parseCondition } from '../../npm/plugin-sdk/src/parse-condition.js'
import { evaluateCondition, type ParsedCondition } from '../../npm/plugin-sdk/src/when.js'

type Outcome = { ast: ParsedCondition } | { error: { at: number } }
type Vocabulary = Record<'operands' | 'operators' | 'noise', string[]>
type Case = { when: string } & (
  | { ast: ParsedCondition; context: Record<string, unknown>; is: boolean }
  | { error: { at: number; reason: string } }
)

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/when', name), 'utf8')) as T
}

function outcome(text: string): Outcome {
  try {
    return { ast: parseCondition(text) }
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError)
    return { error: { at: (error as ConditionSyntaxError).at } }
  }
}

const holds = (text: string, context: Record<string, unknown>) =>
  evaluateCondition(parseCondition(text), context)

const cases = fixture<Case[]>('cases.json')

test('there are cases', () => expect(cases.length).toBeGreaterThanOrEqual(150))

test.each(cases)('$when', ({ when, ...rest }) => {
  if ('error' in rest) {
    expect(outcome(when)).toEqual({ error: { at: rest.error.at } })
  } else {
    expect(outcome(when)).toEqual({ ast: rest.ast })
    expect(evaluateCondition(rest.ast, rest.context)).toBe(rest.is)
  }
})

describe('the page about conditions', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/when.md'), 'utf8')

  test('has examples of errors that are such', () => {
    const rows = [...page.matchAll(/^\| `+ ?(.*?) ?`+ \| `(.*)` \| (\d+) \|$/gm)]
    expect(rows.length).toBeGreaterThan(10)
    for (const [, reason, text = '', at] of rows) {
      expect(outcome(text.replaceAll('\\|', '|'))).toEqual({ error: { at: Number(at) } })
      expect(cases).toContainEqual(expect.objectContaining({ error: expect.objectContaining({ reason }) }))
    }
  })

  test('has the tree of its first example', () => {
    const text = /when: "(.*)"/.exec(page)?.[1] as string
    const tree = /```json\n(.*)\n```/.exec(page)?.[1] as string
    expect(outcome(text)).toEqual({ ast: JSON.parse(tree) })
  })
})

describe('what JSON cannot say', () => {
  test('a set is a list', () => {
    expect(holds("'clerk' in roles", { roles: new Set(['clerk']) })).toBe(true)
    expect(holds("'boss' in roles", { roles: new Set(['clerk']) })).toBe(false)
  })

  test('undefined is null', () => {
    expect(holds('a == null', { a: undefined })).toBe(true)
    expect(holds('null in a', { a: [undefined] })).toBe(true)
  })

  test('nothing equals NaN', () => expect(holds('a == a || a < 1 || a >= 1', { a: Number.NaN })).toBe(false))

  test('functions and what a class inherits are out of reach', () => {
    class User {
      name = 'Ada'
      get admin() {
        return true
      }
    }
    const context = { user: new User(), User, bare: Object.assign(Object.create(null), { x: 1 }) }
    expect(holds('user.name', context)).toBe(true)
    expect(holds('user.admin || user.constructor || User.prototype || User.name', context)).toBe(false)
    expect(holds('bare.x == 1 && !bare.toString', context)).toBe(true)
  })

  test('dates and big integers are not ordered', () => {
    expect(holds('a < b || a >= b || c > 1', { a: new Date(0), b: new Date(1), c: 10n })).toBe(false)
  })

  test('the message says where', () => {
    expect(() => parseCondition("role = 'clerk'")).toThrow("wrong at character 6: role = 'clerk'")
  })

  test('long texts are read', () => {
    const long = 'x'.repeat(1_000_000)
    expect(holds(`a == '${long}'`, { a: long })).toBe(true)
    expect(holds(Array(50_000).fill('a').join('&&'), { a: 1 })).toBe(true)
  })
})

describe('random texts', () => {
  const { seed, digests, ...vocabulary } = fixture<Vocabulary & { seed: number; digests: number[] }>(
    'random.json',
  )

  test('are to the composer what they are here', () => {
    const next = numbers(seed)
    const made = digests.map(() => {
      let hash = 0x811c9dc5
      for (let round = 0; round < 200; round++) {
        const text = randomText(next, vocabulary)
        for (const byte of Buffer.from(`${text}\n${JSON.stringify(outcome(text))}\n`)) {
          hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
        }
      }
      return hash
    })
    if (process.env.ACCEPT !== undefined) {
      const file = join(import.meta.dirname, '../../fixtures/when/random.json')
      writeFileSync(file, `${JSON.stringify({ seed, ...vocabulary, digests: made }, null, 2)}\n`)
    }
    expect(made).toEqual(digests)
  })

  test('are diagnosed when composed, where they are wrong', () => {
    const next = numbers(20_26)
    const texts = Array.from({ length: 4000 }, () => randomText(next, vocabulary).replaceAll('\n', ' '))
    const wrong = texts.flatMap((text, index) => {
      const result = outcome(text)
      if (!('error' in result)) return []
      // Up to the first escape the place is exact; beyond, it is that of the whole literal.
      const exact = !text.slice(0, result.error.at).includes('\\')
      return [`${index + 2}:${exact ? 8 + result.error.at : 7}`]
    })
    expect(wrong.length).toBeGreaterThan(1000)
    expect(texts.length - wrong.length).toBeGreaterThan(800)
    expect(diagnosed(texts)).toEqual(wrong)
  })
})

/** Composes a plugin with a menu item for each condition, `when` on a line of its own from the second on. */
function diagnosed(texts: string[]): string[] {
  const root = mkdtempSync(join(tmpdir(), 'framework-m-when-'))
  try {
    const items = texts.map(
      (text, index) => `{when:\`${text.replaceAll('\\', '\\\\')}\`, name: 'm${index}', route: '/${index}' },`,
    )
    writeFileSync(join(root, 'package.json'), '{ "name": "shop", "version": "1.0.0", "framework-m": true }')
    writeFileSync(join(root, 'plugin.config.ts'), `export default { menu: [\n${items.join('\n')}\n] }\n`)
    const { diagnostics } = new Composer({ root }).compose()
    const conditions = diagnostics.filter(({ code }) => code === 'FM4009')
    return conditions.map(({ labels }) => `${labels[0]?.line}:${labels[0]?.column}`)
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** Operands and operators in turn, now and then something else. */
function randomText(next: (below: number) => number, { operands, operators, noise }: Vocabulary): string {
  let text = ''
  const length = next(5) * 2 + 1
  for (let index = 0; index < length; index++) {
    const words = next(10) === 0 ? noise : index % 2 === 0 ? operands : operators
    text += words[next(words.length)]
  }
  return text
}

/** `xorshift64*` (Vigna 2016), as `tests/random.rs` has it. */
function numbers(seed: number): (below: number) => number {
  let state = BigInt(seed)
  return (below) => {
    state ^= state >> 12n
    state = BigInt.asUintN(64, state ^ (state << 25n))
    state ^= state >> 27n
    return Number((BigInt.asUintN(64, state * 0x2545f4914f6cdd1dn) >> 33n) % BigInt(below))
  }
}
