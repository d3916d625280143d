import { styleText } from 'node:util'

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow'
const STYLES = ['bold', 'dim', 'green', 'red', 'yellow'] as const

type Stream = { readonly isTTY?: boolean }

/** Whether to write colours: on a terminal, unless its user wants none (no-color.org). */
export function isColoured(stream: Stream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR
}

/** Colours on a terminal, and plain text everywhere else. */
export function painter(stream: Stream = process.stdout): Record<Style, (text: string) => string> {
  const colours = isColoured(stream)
  const paint = (style: Style) => (text: string) =>
    colours ? styleText(style, text, { validateStream: false }) : text
  return Object.fromEntries(STYLES.map((style) => [style, paint(style)])) as ReturnType<typeof painter>
}
