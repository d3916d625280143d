/** Tables, for the terminal and for Markdown. The first column is text, the others are figures. */

const bare = (text) => text.replaceAll('`', '')

/** Lines of text, columns aligned. */
export function terminal({ caption, columns, rows }) {
  const cells = [columns, ...rows].map((row) => row.map((cell) => bare(String(cell))))
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column].length)))
  const line = (row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join('  ')
  const [head, ...body] = cells.map(line)
  return [bare(caption), `  ${head}`, ...body.map((text) => `  ${text}`)].join('\n')
}

/** A Markdown table below its caption. */
export function markdown({ caption, columns, rows }) {
  const line = (row) => `| ${row.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
  const rule = `| ${columns.map((_, column) => (column === 0 ? '---' : '--:')).join(' | ')} |`
  return [`${caption}:`, '', line(columns), rule, ...rows.map(line)].join('\n')
}
