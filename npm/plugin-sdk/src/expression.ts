import type { ConditionContext } from './conditions.js'
import { evaluateCondition, parseCondition } from './when.js'

/** A condition that is written as an expression, read once. Throws where its syntax is wrong. */
export function expression(text: string): (context: ConditionContext) => boolean {
  const parsed = parseCondition(text)
  return (context) => evaluateCondition(parsed, context)
}
