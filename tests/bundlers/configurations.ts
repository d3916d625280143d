import { frameworkMPlugin as forRolldown } from '@framework-m/vite-plugin/rolldown'
import { frameworkMPlugin as forRollup } from '@framework-m/vite-plugin/rollup'
import forRspack, { type FrameworkMOptions } from '@framework-m/vite-plugin/rspack'
import { frameworkMPlugin as forWebpack } from '@framework-m/vite-plugin/webpack'
import type { Configuration as RspackConfiguration } from '@rspack/core'
import type { RolldownOptions } from 'rolldown'
import { defineConfig as defineRollup } from 'rollup'
import type { Configuration } from 'webpack'

/** Compiled and never run: each bundler's own types take what its entry gives, and no entry takes what it cannot have. */

const options: FrameworkMOptions = {
  only: ['wms'],
  codeSplitting: 'route',
  budgets: { '*': '150 kB' },
  env: { 'process.env.TIER': 'gold' },
}

export const rolldown: RolldownOptions = { plugins: [forRolldown(options), forRolldown()] }
export const rollup = defineRollup({ plugins: [forRollup(options), forRollup()] })
export const rspack: RspackConfiguration = { plugins: [forRspack(options), forRspack()] }
export const webpack: Configuration = { plugins: [forWebpack(options), forWebpack()] }

// @ts-expect-error: the inspector is a page of Vite's dev server.
forRolldown({ inspector: false })
// @ts-expect-error: an option that nobody has.
forWebpack({ exlude: ['wms'] })
