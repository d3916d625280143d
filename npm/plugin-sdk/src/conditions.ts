import type { ComposedCondition, Lazy } from './composed.js'
import { evaluateCondition, type ParsedCondition } from './when.js'

/** What conditions are asked about: whatever the shell gives. */
export type ConditionContext = Readonly<Record<string, unknown>>

/** A part of a plugin that is shown on a condition. */
interface Conditional {
  readonly when?: ComposedCondition
  readonly plugin?: string
}

type Predicate = (context: ConditionContext) => unknown

/**
 * Tells whether parts of plugins are shown. A condition that is code does not hold before it is loaded, and one that fails
 * does not hold either; a part's failure is reported once.
 *
 * @param parsed The tree of an expression of a plugin. Throws where it is wrong.
 * @param loaded Called when a condition that was asked about has been loaded.
 */
export function conditions(
  parsed: (expression: string, plugin: string | undefined) => ParsedCondition,
  loaded: () => void,
  report: (plugin: string, error: unknown) => void,
): (part: Conditional, context: ConditionContext) => boolean {
  const predicates = new Map<string | Lazy, Predicate>()
  const reported = new WeakSet<object>()

  function read(when: string | Lazy, part: Conditional): Predicate {
    if (typeof when === 'string') {
      const tree = parsed(when, part.plugin)
      return (context) => evaluateCondition(tree, context)
    }
    when().then(
      (predicate) => {
        predicates.set(when, predicate as Predicate)
        loaded()
      },
      (error) => {
        predicates.delete(when) // Whoever asks next tries again.
        fail(part, error)
      },
    )
    return () => false
  }

  function fail(part: Conditional, error: unknown): void {
    if (!reported.has(part)) report(part.plugin ?? '', error)
    reported.add(part)
  }

  return (part, context) => {
    const { when = true } = part
    if (typeof when === 'boolean') return when
    try {
      const predicate = predicates.get(when) ?? read(when, part)
      predicates.set(when, predicate)
      return !!predicate(context)
    } catch (error) {
      fail(part, error)
      return false
    }
  }
}
