import type { ComposerOptions } from '@framework-m/composer'
import type { UnpluginFactory, UnpluginOptions } from 'unplugin'
import type { Plugin } from 'vite'
import { type OpenComposer, Session } from '../composition/session.js'
import { Budgets } from '../report/budgets.js'
import { type Bundler, type BundlerOptions, checkOptions, type FrameworkMOptions } from './options.js'

/** What the steps of a plugin are made from. */
export interface Making extends Required<Pick<FrameworkMOptions, 'dts' | 'eager' | 'inspector'>> {
  open: OpenComposer
  /** What the shell asks of the composer. */
  options: ComposerOptions
  budgets: Budgets
  baseline: string | undefined
  session: Session
}

/** The plugin for a bundler, out of the steps that it takes. */
export function factory(
  bundler: Bundler,
  open: OpenComposer,
  steps: (making: Making) => UnpluginOptions[],
): UnpluginFactory<(FrameworkMOptions & BundlerOptions) | undefined, true> {
  return (given = {}) => {
    checkOptions(given, bundler)
    const { dts = 'framework-m.d.ts', inspector = true, budgets, baseline, eager = [], ...options } = given
    const limits = new Budgets(budgets)
    return steps({ open, options, dts, inspector, budgets: limits, baseline, eager, session: new Session() })
  }
}

/** A step for those that take Rollup's hooks as they are. */
export function native(step: Plugin): UnpluginOptions {
  const hooks: Pick<UnpluginOptions, 'vite' | 'rollup' | 'rolldown'> = Object.fromEntries(
    ['vite', 'rollup', 'rolldown'].map((bundler) => [bundler, step]),
  )
  return { name: step.name, ...hooks }
}
