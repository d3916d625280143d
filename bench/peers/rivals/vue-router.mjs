/**
 * vue-router's own plugin for files as routes: `createRoutesContext(resolveOptions({ … }))`, `scanPages(false)`,
 * `generateRoutes()`. It reads the pages for `definePage`, and writes a file of types.
 */
import { join } from 'node:path'
import { createRoutesContext, resolveOptions } from 'vue-router/unplugin'
import { body, folder, names } from './pages.mjs'

export const label = 'vue-router/unplugin'

export const prepare = (items) =>
  folder(
    `vue-router-${items}`,
    names(items).map((name) => [`src/pages/${name}.vue`, page(name)]),
  )

const page = (name) => `<script setup lang="ts">
${body(name).replaceAll('export function', 'function')}
definePage({ meta: { label: 'The goods of ${name}', icon: 'box', order: 10 } })
</script>

<template>
  <h1>{{ heading([]) }}</h1>
</template>
`

export async function run({ folder }) {
  const options = resolveOptions({
    root: folder,
    routesFolder: 'src/pages',
    dts: join(folder, 'typed-router.d.ts'),
    logs: false,
    watch: false,
  })
  const context = createRoutesContext(options)
  await context.scanPages(false)
  return context.generateRoutes()
}

export const answer = (module) => ({ items: module.match(/path: ['"]\/item-/g)?.length ?? 0 })
