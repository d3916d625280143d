import type { BundlerOptions } from '../../npm/vite-plugin/src/steps/options.js'
import { empty, type Workspace } from '../build/workspace.js'
import { type Built, type Bundler, build } from './builds.js'

const MAIN = `import plugins, { menu, routes } from '~framework-m/plugins'
export const shop = [plugins.length, menu, routes]
console.log('plugins', shop)
`

/** A monorepo that needs nothing installed: a shell, and plugins of a page each. */
export function shop(plugins: string[]): Workspace {
  const workspace = empty('framework-m-shop-')
  const { write } = workspace
  write('package.json', '{ "name": "shop", "private": true, "workspaces": ["frontend", "apps/*"] }')
  write('frontend/package.json', '{ "name": "@shop/frontend", "version": "1.0.0", "type": "module" }')
  write('frontend/src/main.js', MAIN)
  for (const name of plugins) plugin(write, name)
  return workspace
}

/** Writes a plugin package. Its menu item is called `<name> label`, and what its page prints `<name> page`. */
export function plugin(write: Workspace['write'], name: string, parts = ''): void {
  write(`apps/${name}/page.js`, `export default function page() {\n  console.log('${name} page')\n}\n`)
  write(
    `apps/${name}/plugin.config.js`,
    `export default {
  name: '${name}',
  menu: [{ name: '${name}.page', label: '${name} label', route: '/${name}', module: 'Shop' }],
  routes: [{ path: '/${name}', component: () => import('./page.js') }],
  ${parts}
}
`,
  )
  // Last: now the folder is a plugin.
  write(
    `apps/${name}/package.json`,
    `{ "name": "@shop/${name}", "version": "1.0.0", "type": "module", "sideEffects": false, "framework-m": true }`,
  )
}

/** A configuration for the shop, whose shell is plain JavaScript. */
// biome-ignore lint/suspicious/noExplicitAny: each bundler has a type of its own for it
export function forShop(config: any): any {
  return 'input' in config ? { ...config, input: 'src/main.js' } : { ...config, entry: './src/main.js' }
}

export function buildShop(
  bundler: Bundler,
  app: Workspace,
  options?: BundlerOptions,
  // biome-ignore lint/suspicious/noExplicitAny: each bundler has a type of its own for it
  change: (config: any) => any = (config) => config,
): Promise<Built> {
  return build(bundler, app, options, (config) => change(forShop(config)))
}
