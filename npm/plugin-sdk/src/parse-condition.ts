import type { Comparison, ConditionLiteral, ParsedCondition } from './when.js'

/** What {@link parseCondition} throws. Why, the composer says when it builds the shell. */
export interface ConditionSyntaxError extends SyntaxError {
  /** Where the first token begins that cannot stand where it does, in UTF-16 code units from 0. */
  at: number
}

/** How many parentheses and `!` may be open at a time. */
const MAX_DEPTH = 64

/** A word or name, a number, a string, or a sign; and the white space before it. */
const TOKEN =
  /[ \t\r\n]*([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|(['"])(?:(?!\2)[^\\]|\\[\s\S])*\2|[()[\],]|!=?(?!=)|(?:==|[<>]=?|&&|\|\|)(?![=<>&|])|)/y
const COMPARISON = /^([=!]=|[<>]=?|in)$/
const NAME = /^(?!(true|false|null|in)$)[A-Za-z_$]/
/** What may follow a backslash in a string, and what each stands for. */
const ESCAPED = `nrt\\'"`
const UNESCAPED = `\n\r\t\\'"`

/**
 * Parses a condition.
 *
 * @throws {ConditionSyntaxError} where the text is no condition.
 */
export function parseCondition(text: string): ParsedCondition {
  let start = 0
  let token = ''
  let depth = 0

  function fail(at = start): never {
    throw Object.assign(new SyntaxError(`wrong at character ${at + 1}: ${text}`), { at })
  }

  function advance(): void {
    TOKEN.lastIndex = start + token.length
    token = TOKEN.exec(text)?.[1] as string
    start = TOKEN.lastIndex - token.length
    if (!token && start < text.length) fail()
  }

  function take(sign: string): boolean {
    if (token !== sign) return false
    advance()
    return true
  }

  function joined(sign: '&&' | '||', operand: () => ParsedCondition): ParsedCondition {
    const operands = [operand()]
    while (take(sign)) operands.push(operand())
    return operands.length > 1 ? [sign, ...operands] : (operands[0] as ParsedCondition)
  }

  const condition = (): ParsedCondition => joined('||', () => joined('&&', test))

  function test(): ParsedCondition {
    const at = start
    const negated = token === '!'
    const left = operand()
    if (!COMPARISON.test(token)) return alone(left, at)
    if (negated) fail()
    const comparison = token as Comparison
    advance()
    const right = comparison === 'in' ? container() : operand()
    if (COMPARISON.test(token)) fail()
    return [comparison, left, right]
  }

  function operand(): ParsedCondition {
    if (token === '!') {
      return nested(() => {
        const at = start
        return ['!', alone(operand(), at)]
      })
    }
    if (token === '(') {
      const inner = nested(condition)
      if (!take(')')) fail()
      return inner
    }
    return NAME.test(token) ? name() : ['value', literal()]
  }

  /** What stands to the right of `in`. */
  function container(): ParsedCondition {
    if (NAME.test(token)) return name()
    if (!take('[')) fail()
    const items: ConditionLiteral[] = []
    while (token !== ']') {
      if (items.length > 0 && !take(',')) fail()
      items.push(literal())
    }
    advance()
    return ['value', items]
  }

  function name(): ParsedCondition {
    const parts = token.split('.')
    advance()
    return ['name', ...parts]
  }

  function literal(): ConditionLiteral {
    let value: ConditionLiteral
    if (/^['"]/.test(token)) {
      value = token.slice(1, -1).replace(/\\([\s\S])/g, (_, char: string, offset: number) => {
        return UNESCAPED[ESCAPED.indexOf(char)] ?? fail(start + 1 + offset)
      })
    } else if (/^-?\d/.test(token)) {
      // Adding zero makes `-0` zero.
      value = Number(token) + 0
      if (!Number.isFinite(value)) fail()
    } else {
      if (!/^(true|false|null)$/.test(token)) fail()
      value = JSON.parse(token) as boolean | null
    }
    advance()
    return value
  }

  /** An operand that no comparison follows: not a value that is always true or always false by its kind. */
  function alone(operand: ParsedCondition, at: number): ParsedCondition {
    if (operand[0] === 'value' && typeof operand[1] !== 'boolean') fail(at)
    return operand
  }

  /** What follows the token, one level further in. */
  function nested(inner: () => ParsedCondition): ParsedCondition {
    if (depth === MAX_DEPTH) fail()
    depth++
    advance()
    const parsed = inner()
    depth--
    return parsed
  }

  advance()
  const parsed = condition()
  if (token !== '') fail()
  return parsed
}
