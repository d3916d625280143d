import type { Text } from '@framework-m/plugin-sdk'

const messages: Readonly<Record<string, string>> = { 'menu.home': 'Home' }

/** A text of a plugin as the user reads it. Where it is a key, the shell has the words. */
export function words(text: Text): string {
  return typeof text === 'string' ? text : (messages[text.$message] ?? text.$message)
}
