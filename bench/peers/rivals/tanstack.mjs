/**
 * @tanstack/router-generator: `new Generator({ config: getConfig({ … }, root), root }).run()`. It parses each file of a
 * route, and writes the tree of all of them; that includes the formatting of the file, which cannot be turned off.
 */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Generator, getConfig } from '@tanstack/router-generator'
import { body, folder, names } from './pages.mjs'

export const label = '@tanstack/router-generator'

export const prepare = (items) =>
  folder(`tanstack-${items}`, [
    ['src/routes/__root.tsx', ROOT],
    ...names(items).map((name) => [`src/routes/${name}.tsx`, page(name)]),
  ])

const ROOT = `import { createRootRoute } from '@tanstack/react-router'

export const Route = createRootRoute()
`

const page = (name) => `import { createFileRoute } from '@tanstack/react-router'
${body(name)}
export const Route = createFileRoute('/${name}')({ component: Page })

function Page() {
  return <h1>{heading([])}</h1>
}
`

const generated = ({ folder }) => join(folder, 'src/routeTree.gen.ts')

/** Without its output: with it, nothing would be left to write. */
export const before = (input) => rmSync(generated(input), { force: true })

export async function run(input) {
  const config = getConfig(
    {
      routesDirectory: join(input.folder, 'src/routes'),
      generatedRouteTree: generated(input),
      disableLogging: true,
    },
    input.folder,
  )
  await new Generator({ config, root: input.folder }).run()
}

export const answer = (_, input) => ({
  items: readFileSync(generated(input), 'utf8').match(/^const Item\d+Route = /gm)?.length ?? 0,
})
