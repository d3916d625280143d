/** A plugin's configuration as people write it: 60 to 70 lines, 3 KB, constants, a spread, template literals, imports of pages. */

/** The pages of every plugin. */
export const PAGES = ['Stock', 'Moves', 'Counts', 'Orders']

/** The plugin of this number. */
export const pluginName = (index) => `plugin-${String(index).padStart(4, '0')}`

/** Every fifth plugin needs the one before it. */
const needs = (index) => (index % 5 === 4 ? `{ '${pluginName(index - 1)}': '^1.0.0' }` : '{}')

const item = (index) => (page, order) =>
  `    {
      name: \`\${NAME}.${page.toLowerCase()}\`,
      label: '${page} of company ${index}, as they are today in all of its warehouses and shops',
      route: \`\${BASE}/${page.toLowerCase()}\`,
      order: ${index} + ${order},
      ...COMMON,
    },`

const route = (page) =>
  `    { path: \`\${BASE}/${page.toLowerCase()}\`, component: () => import('./src/pages/${page}') },`

/** Its text. */
export function configuration(index, pages = PAGES) {
  return `import { definePlugin } from '@framework-m/plugin-sdk'

/**
 * The warehouses of company ${index}. What stands here is read when the shell is built, and never run: labels and paths
 * have to be known by then, and constants, spreads and template literals are. The pages are imported when somebody
 * opens them, one chunk for all of them, so nothing that is imported here weighs on the first load of the shell.
 *
 * Whoever adds a page adds three things: the file in src/pages, its route below, and an item of the menu if people are
 * to find it. Items are sorted by their order, then by their labels; the group is described by whichever plugin comes
 * first, and all of them describe it in the same way. Ask the team of company ${index} before you move one.
 */
const NAME = '${pluginName(index)}'
const BASE = \`/\${NAME}\`
const COMMON = { icon: 'box', module: 'Inventory' } as const

export default definePlugin({
  name: NAME,
  label: 'Warehouse ${index}',
  description: 'Everything that has to do with the goods of company ${index}: what is there, what moves, what is missing',
  icon: 'warehouse',
  dependencies: ${needs(index)},
  modules: [{ name: 'inventory', label: 'Inventory', icon: 'boxes', order: 10 }],
  menu: [
${pages.map(item(index)).join('\n')}
  ],
  routes: [
${pages.map(route).join('\n')}
  ],
  extensionPoints: [{ id: \`\${NAME}.toolbar\`, description: 'Buttons above the list of goods' }],
  extensions: [
    {
      id: \`\${NAME}.badge\`,
      point: 'header.right',
      component: () => import('./src/pages/Stock'),
      weight: ${index % 7} * 10,
    },
  ],
  permissions: [{ resource: NAME, actions: ['read', 'adjust', 'approve'] }],
  settings: {
    [\`\${NAME}.low\`]: { type: 'number', default: 5 * 2, label: 'Low stock' },
  },
  activation: 'use',
})
`
}
