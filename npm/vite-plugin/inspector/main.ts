import { chunks } from './chunks.js'
import { diagnostics } from './diagnostics.js'
import { element } from './element.js'
import { graph } from './graph.js'
import type { Inspection } from './inspection.js'
import { menu } from './menu.js'
import { offers } from './offers.js'
import { counted, openFilesOf } from './parts.js'
import { plugins } from './plugins.js'
import { points } from './points.js'
import { routes } from './routes.js'

type Section = {
  readonly id: string
  readonly title: string
  readonly count?: (inspection: Inspection) => number
  readonly body: (inspection: Inspection) => HTMLElement
}

const SECTIONS: readonly Section[] = [
  { id: 'plugins', title: 'Plugins', count: ({ composition }) => composition.plugins.length, body: plugins },
  {
    id: 'diagnostics',
    title: 'Diagnostics',
    count: ({ diagnostics }) => diagnostics.length,
    body: diagnostics,
  },
  { id: 'graph', title: 'Dependencies', body: graph },
  { id: 'menu', title: 'Menu', body: menu },
  { id: 'routes', title: 'Routes', body: routes },
  { id: 'points', title: 'Extension points', body: points },
  { id: 'offers', title: 'Services and settings', body: offers },
  { id: 'chunks', title: 'Chunks', body: chunks },
]

const byId = (id: string) => document.getElementById(id) as HTMLElement
const base = new URL('..', location.href).pathname
const search = byId('search') as HTMLInputElement

/** What the page shows now, to be compared with what the server sends. */
let shown = ''
let requests = 0

/** Asks the server, and shows its answer unless there is a later one on its way. */
async function update(): Promise<Inspection> {
  const request = ++requests
  const response = await fetch('inspection.json')
  if (!response.ok) throw new Error(await response.text())
  const text = await response.text()
  const inspection = JSON.parse(text) as Inspection
  if (text === shown || request !== requests) return inspection
  shown = text
  show(inspection)
  byId('live').textContent = `Composed ${new Date().toLocaleTimeString()}`
  return inspection
}

/** What is shown stays while the server cannot be asked: it ends, or starts anew. */
function refresh(): void {
  update().catch(() => {})
}

function show(inspection: Inspection): void {
  const { composition, root, shell } = inspection
  openFilesOf({ base, root })
  const name = shell === root ? shell.split('/').at(-1) : shell.slice(root.length + 1)
  const out = composition.plugins.filter(({ status }) => status !== 'included').length
  document.title = `${name} · Framework M`
  byId('shell').textContent = `Plugins of ${name}`
  byId('facts').textContent = [
    counted(composition.plugins.length - out, 'plugin takes part', 'plugins take part'),
    out > 0 && `${out} left out`,
    `${counted(composition.packages, 'package')} by the rules of ${composition.packageManager}`,
  ]
    .filter(Boolean)
    .join(' · ')
  byId('sections').replaceChildren(
    ...SECTIONS.map(({ id, title, count }) =>
      element(
        'a',
        { href: `#${id}` },
        title,
        count && element('span', { class: 'count' }, count(inspection)),
      ),
    ),
  )
  const { scrollY } = window
  byId('content').replaceChildren(
    ...SECTIONS.map(({ id, title, body }) =>
      element(
        'section',
        { id, 'aria-labelledby': `${id}-title`, tabindex: -1 },
        element('h2', { id: `${id}-title` }, title),
        body(inspection),
        element('p', { class: 'quiet nothing', hidden: true }, 'Nothing here is found.'),
      ),
    ),
  )
  window.scrollTo(0, scrollY)
  find()
}

/** Shows what has all words of the search, and what that stands in. */
function find(): void {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
  for (const section of byId('content').children) {
    const rows = [...section.querySelectorAll<HTMLElement>('[data-found]')]
    for (const each of rows) each.hidden = !words.every((word) => each.dataset.found?.includes(word))
    const nothing = section.querySelector<HTMLElement>('.nothing')
    if (nothing) nothing.hidden = words.length === 0 || rows.length === 0 || rows.some((each) => !each.hidden)
  }
}

search.addEventListener('input', find)
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return
  event.preventDefault()
  search.focus()
})

/** Hears of another composition by the dev server's own socket; where that says nothing, by asking. */
async function listen(socket: boolean): Promise<void> {
  if (!socket) return void setInterval(refresh, 1_000)
  const client: string = `${base}@vite/client`
  const { createHotContext } = await import(client)
  createHotContext('/__framework-m/main.js').on('framework-m:composed', refresh)
}

const { socket } = await update()
document.querySelector<HTMLElement>(location.hash || 'none')?.scrollIntoView()
await listen(socket)
