import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { transform } from 'lightningcss'

/** Rollup and Rolldown leave style sheets to plugins. This one makes each a module that adds a `<style>` to the page. */
export function css() {
  return {
    name: 'css',
    transform: {
      filter: { id: /\.css$/ },
      handler(text, id) {
        const cssModules = id.endsWith('.module.css') && { pattern: `[local]-${digest(id)}` }
        const { code, exports } = transform({
          filename: basename(id),
          code: Buffer.from(text),
          cssModules,
          minify: true,
        })
        const names = Object.fromEntries(
          Object.entries(exports || {}).map(([local, { name }]) => [local, name]),
        )
        const style = `const style = document.createElement('style')
style.textContent = ${JSON.stringify(code.toString())}
document.head.append(style)
export default ${JSON.stringify(names)}`
        return { code: style, moduleType: 'js', moduleSideEffects: true }
      },
    },
  }
}

const digest = (id) => createHash('sha256').update(basename(id)).digest('hex').slice(0, 6)
