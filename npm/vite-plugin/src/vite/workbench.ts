import type { ResolvedConfig } from 'vite'

/**
 * Whether parts of a shell are looked at one by one, and not the shell: Vitest serves its tests, Storybook its stories. They
 * import what they like at once, and what is built of them is nothing that users load.
 */
export function isWorkbench({ plugins }: Pick<ResolvedConfig, 'plugins'>): boolean {
  return plugins.some(({ name }) => /^(vitest|storybook)(:|$)/.test(name))
}
