import { styleText } from 'node:util'

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow'
const STYLES = ['bold', 'dim', 'green', 'red', 'yellow'] as const

/** Colours on a terminal, and plain text everywhere else. */
export function painter(): Record<Style, (text: string) => string> {
  const colours = process.stdout.isTTY && !process.env.NO_COLOR
  const paint = (style: Style) => (text: string) => (colours ? styleText(style, text) : text)
  return Object.fromEntries(STYLES.map((style) => [style, paint(style)])) as ReturnType<typeof painter>
}
