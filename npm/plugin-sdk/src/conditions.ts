import type { ComposedCondition, Lazy } from './composed.js'

/** What conditions are asked about: whatever the shell gives. */
export type ConditionContext = Readonly<Record<string, unknown>>

type Predicate = (context: ConditionContext) => unknown

/** Whether conditions hold. One that fails does not hold, and is reported once. */
export class Conditions {
  readonly #predicates = new Map<string | Lazy, Predicate | undefined>()
  readonly #reported = new Set<unknown>()

  /**
   * @param parse Reads an expression; throws where its syntax is wrong.
   * @param loaded Called when a condition that was asked about has been loaded.
   */
  constructor(
    readonly parse: (text: string) => Predicate,
    readonly loaded: () => void,
    readonly report: (plugin: string, error: unknown) => void,
  ) {}

  /** Whether a part of a plugin is shown. A condition that is a function does not hold before it is loaded. */
  holds(
    part: { readonly when?: ComposedCondition; readonly plugin?: string },
    context: ConditionContext,
  ): boolean {
    const { when, plugin = '' } = part
    if (when === undefined || typeof when === 'boolean') return when ?? true
    try {
      return Boolean(this.#predicate(when, plugin)?.(context))
    } catch (error) {
      if (!this.#reported.has(when)) this.report(plugin, error)
      this.#reported.add(when)
      return false
    }
  }

  #predicate(when: string | Lazy, plugin: string): Predicate | undefined {
    if (!this.#predicates.has(when)) {
      this.#predicates.set(when, undefined)
      if (typeof when === 'function') void this.#load(when, plugin)
      else this.#predicates.set(when, this.parse(when))
    }
    return this.#predicates.get(when)
  }

  async #load(when: Lazy, plugin: string): Promise<void> {
    try {
      this.#predicates.set(when, (await when()) as Predicate)
      this.loaded()
    } catch (error) {
      this.#predicates.delete(when) // Whoever asks next tries again.
      this.report(plugin, error)
    }
  }
}
