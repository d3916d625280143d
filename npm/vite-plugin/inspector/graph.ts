import { drawn, element } from './element.js'
import type { Inspection, Plugin } from './inspection.js'
import { pluginLink } from './parts.js'

const WIDTH = 168
const HEIGHT = 36
const ACROSS = 96
const DOWN = 16
const MARGIN = 12

type Edge = { readonly from: string; readonly to: string; readonly optional: boolean }
type Place = { readonly name: string; readonly status: string; readonly column: number; readonly at: number }

/** Who needs whom, as a picture: what others need stands to the left of them. */
export function graph({ composition: { plugins } }: Inspection): HTMLElement {
  const edges = plugins.flatMap(({ name, dependencies }) =>
    dependencies.map((needed): Edge => ({ from: needed.name, to: name, optional: needed.optional })),
  )
  if (edges.length === 0) return element('p', { class: 'quiet' }, 'No plugin needs another.')
  const places = placed(plugins)
  const alone = plugins.filter(({ name }) => !places.has(name))
  const label = 'Dependencies, as a picture; each plugin says the same in words'
  return element(
    'div',
    {},
    element(
      'div',
      { class: 'graph', tabindex: 0, role: 'group', 'aria-label': label },
      picture(places, edges),
    ),
    element('p', { class: 'quiet' }, 'An arrow leads to who needs it; dashed where it can do without.'),
    alone.length > 0 &&
      element(
        'p',
        {},
        'Alone: ',
        alone.map(({ name }) => [pluginLink(name), ' ']),
      ),
  )
}

function picture(places: ReadonlyMap<string, Place>, edges: readonly Edge[]): SVGElement {
  const all = [...places.values()]
  const columns = Math.max(...all.map(({ column }) => column)) + 1
  const longest = Math.max(...all.map(({ at }) => at)) + 1
  const width = columns * (WIDTH + ACROSS) - ACROSS + 2 * MARGIN
  const height = longest * (HEIGHT + DOWN) - DOWN + 2 * MARGIN
  return drawn(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height },
    drawn('defs', {}, tip()),
    edges.map((edge) => arrow(places, edge)),
    all.map(box),
  )
}

/** The tip of an arrow. */
function tip(): SVGElement {
  const size = { markerWidth: 8, markerHeight: 8, refX: 8, refY: 4 }
  return drawn(
    'marker',
    { id: 'tip', viewBox: '0 0 8 8', orient: 'auto', ...size },
    drawn('path', { d: 'M0 0 L8 4 L0 8 z' }),
  )
}

/** Where each plugin stands that needs another or is needed: a column right of all that it needs. */
function placed(plugins: readonly Plugin[]): ReadonlyMap<string, Place> {
  const byName = new Map(plugins.map((plugin) => [plugin.name, plugin]))
  const columns = new Map<string, number>()
  const columnOf = (name: string, path: ReadonlySet<string>): number => {
    const known = columns.get(name)
    if (known !== undefined) return known
    if (path.has(name)) return 0 // A circle has no order.
    const needed = byName.get(name)?.dependencies ?? []
    const column = Math.max(-1, ...needed.map((each) => columnOf(each.name, new Set([...path, name])))) + 1
    columns.set(name, column)
    return column
  }
  const tied = new Set(
    plugins.flatMap(({ name, dependencies }) => dependencies.flatMap((each) => [each.name, name])),
  )
  const taken: number[] = []
  return new Map(
    [...tied].map((name) => {
      const column = columnOf(name, new Set())
      const at = taken[column] ?? 0
      taken[column] = at + 1
      return [name, { name, column, at, status: byName.get(name)?.status ?? 'missing' }]
    }),
  )
}

function corner({ column, at }: Place): [x: number, y: number] {
  return [MARGIN + column * (WIDTH + ACROSS), MARGIN + at * (HEIGHT + DOWN)]
}

function box(place: Place): SVGElement {
  const [x, y] = corner(place)
  const { name, status } = place
  const short = name.length > 20 ? `${name.slice(0, 19)}…` : name
  return drawn(
    'a',
    { href: `#plugin-${encodeURIComponent(name)}`, class: `node ${status}` },
    drawn('title', {}, status === 'included' ? name : `${name}: ${status}`),
    drawn('rect', { x, y, width: WIDTH, height: HEIGHT, rx: 8 }),
    drawn('text', { x: x + WIDTH / 2, y: y + HEIGHT / 2 + 5, 'text-anchor': 'middle' }, short),
  )
}

function arrow(places: ReadonlyMap<string, Place>, { from, to, optional }: Edge): SVGElement | undefined {
  const [start, end] = [places.get(from), places.get(to)]
  if (!start || !end) return undefined
  const [x, y] = corner(start)
  const [toX, toY] = corner(end)
  const [left, right] = [x + WIDTH, toX]
  const bend = Math.max(ACROSS / 2, (right - left) / 2)
  const middle = HEIGHT / 2
  return drawn('path', {
    class: optional ? 'edge optional' : 'edge',
    d: `M${left} ${y + middle} C${left + bend} ${y + middle} ${right - bend} ${toY + middle} ${right} ${toY + middle}`,
    'marker-end': 'url(#tip)',
  })
}
