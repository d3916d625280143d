/**
 * @medusajs/admin-vite-plugin, the closest there is: pages carry `export const config = defineRouteConfig({ … })`, which
 * is read statically with Babel into virtual modules. Called as Vite would: `load.call({}, id)` for the modules of routes
 * and of menu items; one item has one page and one menu item here, ours have four of each. It gives routes no order,
 * finds no conflicts, and its pages are imported eagerly.
 */
import medusa from '@medusajs/admin-vite-plugin'
import { body, folder, names } from './pages.mjs'

export const label = '@medusajs/admin-vite-plugin'

export const prepare = (items) =>
  folder(
    `medusa-${items}`,
    names(items).map((name) => [`src/admin/routes/${name}/page.tsx`, page(name)]),
  )

const page = (name) => `import { defineRouteConfig } from '@medusajs/admin-sdk'
${body(name)}
const Page = () => <h1>{heading([])}</h1>

export const config = defineRouteConfig({ label: 'The goods of ${name}', rank: 10 })

export default Page
`

export async function run({ folder }) {
  const plugin = (medusa.default ?? medusa)({ sources: [`${folder}/src/admin`] })
  const load = (id) => plugin.load.call({}, `\0${id}`)
  return { routes: await load('virtual:medusa/routes'), menu: await load('virtual:medusa/menu-items') }
}

export function answer({ routes, menu }) {
  const items = count(text(routes), /path: "\/item-/g)
  if (items !== count(text(menu), /label: /g)) throw new Error('not every route is in the menu')
  return { items }
}

const text = (loaded) => (typeof loaded === 'string' ? loaded : loaded.code)
const count = (code, pattern) => code.match(pattern)?.length ?? 0
