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
  const expressions = new Map<string, Predicate>()
  /** A plugin that is gone takes its own with it. */
  const functions = new WeakMap<Lazy, Predicate>()
  const reported = new WeakSet<object>()

  function read(when: string, part: Conditional): Predicate {
    const tree = parsed(when, part.plugin)
    const predicate = (context: ConditionContext) => evaluateCondition(tree, context)
    expressions.set(when, predicate)
    return predicate
  }

  function load(when: Lazy, part: Conditional): Predicate {
    const loading = when()
    functions.set(when, () => false)
    loading.then(
      (predicate) => {
        functions.set(when, predicate as Predicate)
        loaded()
      },
      (error) => {
        functions.delete(when) // Whoever asks next tries again.
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
      const predicate =
        typeof when === 'string'
          ? (expressions.get(when) ?? read(when, part))
          : (functions.get(when) ?? load(when, part))
      return !!predicate(context)
    } catch (error) {
      fail(part, error)
      return false
    }
  }
}
