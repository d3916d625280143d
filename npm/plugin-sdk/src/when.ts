/** The conditions of contributions. `docs/when.md` defines them; the composer parses them with the same grammar. */

/** A value that is written in a condition. */
export type ConditionLiteral = string | number | boolean | null

/** How two operands can be compared. */
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in'

/** The tree of a condition, as JSON: `['==', ['name', 'user', 'role'], ['value', 'clerk']]`. */
export type ParsedCondition =
  | readonly ['value', ConditionLiteral | readonly ConditionLiteral[]]
  | readonly ['name', ...string[]]
  | readonly ['!', ParsedCondition]
  | readonly ['&&' | '||', ...ParsedCondition[]]
  | readonly [Comparison, ParsedCondition, ParsedCondition]

/**
 * Whether a condition holds in a context.
 *
 * Never throws for what the context lacks: a missing name is `null`, which is false, equal to nothing but itself, and
 * neither less nor greater than anything.
 */
export function evaluateCondition(
  parsed: ParsedCondition,
  context: Readonly<Record<string, unknown>>,
): boolean {
  return !!evaluate(parsed, context)
}

function evaluate(parsed: ParsedCondition, context: unknown): unknown {
  const holds = (operand: ParsedCondition) => evaluate(operand, context)
  const [kind, ...operands] = parsed as readonly [string, ...ParsedCondition[]]
  if (parsed[0] === 'value') return parsed[1]
  if (kind === 'name') return (operands as unknown as string[]).reduce(member, context)
  if (kind === '&&') return operands.every(holds)
  if (kind === '||') return operands.some(holds)
  const [left, right] = operands.map(holds)
  if (kind === '!') return !left
  if (kind === '==') return left === right
  if (kind === '!=') return left !== right
  if (kind === 'in') return contains(right, left)
  return (
    typeof left === typeof right &&
    /number|string/.test(typeof left) &&
    kind.includes(order(left as number, right as number))
  )
}

/** How two of a kind compare, as a sign; texts by their UTF-16 code units. */
function order(left: number, right: number): string {
  return left < right ? '<' : left > right ? '>' : left === right ? '=' : 'NaN'
}

/** An own property of an object, a list or a text; nothing is inherited, and functions have none. */
function member(value: unknown, name: string): unknown {
  if (value == null || typeof value === 'function' || !Object.hasOwn(value, name)) return null
  return (value as Record<string, unknown>)[name] ?? null
}

/** Whether a list or a `Set` has an item, or an object an own key. */
function contains(container: unknown, item: unknown): boolean {
  if (Array.isArray(container) || container instanceof Set) {
    return [...container].some((each) => (each ?? null) === item)
  }
  return typeof container === 'object' && typeof item === 'string' && Object.hasOwn(container ?? {}, item)
}
