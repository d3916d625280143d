import type { Part, PluginPart, Report } from './report.js'

/** A report as plain text, for terminals and the logs of build servers: the largest plugin first, without colours. */
export function table({ shell, shared, plugins }: Report): string {
  const sorted = [...plugins].sort((a, b) => weight(b) - weight(a) || (a.name < b.name ? -1 : 1))
  const head = ['plugin', 'raw', 'brotli', 'gzip', 'of it CSS', 'shared', 'budget']
  const rows = [
    ...sorted.map(pluginRow),
    ['(shared)', ...figures(shared), '', ''],
    ['(shell)', ...figures(shell), '', ''],
  ]
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  )
  const line = (row: string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  const title =
    'Framework M: code by plugin, in kB; `of it CSS`, `shared` and `budget` are compressed with gzip'
  return [title, line(head), ...rows.map(line)].join('\n')
}

function pluginRow(plugin: PluginPart): string[] {
  const { name, shared, budget } = plugin
  const limit = budget === undefined ? '' : kilobytes(budget)
  const mark = budget !== undefined && weight(plugin) > budget ? ' exceeded' : ''
  return [name, ...figures(plugin), kilobytes(shared.size.gzip), limit + mark]
}

function weight({ size }: Part): number {
  return size.gzip ?? size.raw
}

function figures({ size, styles }: Part): string[] {
  return [size.raw, size.brotli, size.gzip, styles.gzip].map(kilobytes)
}

/** As Vite counts: a kilobyte is 1000 bytes. */
function kilobytes(bytes: number | null): string {
  return bytes === null ? '-' : (bytes / 1000).toFixed(2)
}
