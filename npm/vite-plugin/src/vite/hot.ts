import type { ResolvedConfig, UserConfig } from 'vite'

/**
 * Whether a dev server updates modules in place. Where it does not, as in Vitest, pages and tests are given what a build
 * gives them: an `import.meta.hot` that is there all the same promises nothing.
 * Source: `server.hmr` in Vite's documentation of server options; Vitest sets it to `false`.
 */
export function isHot({ server }: UserConfig | ResolvedConfig): boolean {
  return server?.hmr !== false
}
