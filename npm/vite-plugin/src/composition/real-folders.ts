import { existsSync, realpathSync } from 'node:fs'
import type { ComposerOptions } from '@framework-m/composer'

/**
 * Options with the folders where they are that were reached through links: bundlers name files by their real paths, and so
 * do those that watch for them and for us.
 */
export function atRealFolders(options: ComposerOptions): ComposerOptions {
  const folders = (['root', 'shell', 'typesDir'] as const).flatMap((name) => {
    const folder = options[name]
    return folder && existsSync(folder) ? [[name, realpathSync(folder)] as const] : []
  })
  return { ...options, ...Object.fromEntries(folders) }
}
