/** Somebody edits a label while the dev server runs. */
import { atMost } from '../bars.mjs'
import { count, number, spread } from '../format.mjs'
import { ours, peer, program } from '../methods.mjs'

export const id = 'edit'
export const title = 'One configuration edited'
export const about = `A label is written into one configuration, again and again. “The core” is \`Session::rebuild\` in Rust, told which file
changed. \`composer.watch\` is the same through the binding, as the Vite plugin has it: from \`watcher.changed([file])\` to the
callback with the new text; of that, 25 ms are waited on purpose, since one save is several events, and “thread busy” is how
long JavaScript could do nothing else meanwhile. \`compose()\` is the composer asked again without watching: it asks the disk
about every file. The hand-written cache is told which file changed, reads it, and joins the texts; it would notice nothing
else. Medusa's plugin is called through its own watcher's callback. From the write on disk to the browser: \`npm run bench:live\`.`

const PACKAGES = 1000

export async function measure(bench) {
  const workspace = bench.workspace(PACKAGES)
  const input = { ...workspace, config: workspace.configs[Math.floor(workspace.plugins / 2)] }
  const { stages } = bench.examples()
  const { prepare } = await import('../peers/rivals/medusa.mjs')
  const pages = { folder: prepare(workspace.plugins), items: workspace.plugins }
  const core = program('the core', stages, [input.root, input.shell, input.config])
  const watch = ours('`composer.watch`', 'edit', input)
  const cached = await peer('whole/babel-edit', input)
  const medusa = await peer('rivals/medusa-edit', pages, { rounds: bench.quick ? 1 : 3 })
  const results = await bench.compete([core, watch, cached, medusa])
  const text = (await bench.take(ours('', 'compose', input, { once: true }))).measures.text
  const of = ({ name }, measure) => results.get(name).measures[measure]
  return {
    tables: [
      {
        caption: `${count(PACKAGES)} packages, ${count(workspace.plugins)} plugins, ${number(text / 1000)} KB of module text; milliseconds`,
        columns: ['', 'median', 'spread'],
        rows: [
          ['the core: its module alone is read', of(core, 'alone')],
          ['the core: everything', of(core, 'everything')],
          ['`composer.watch`: thread busy', of(watch, 'busy')],
          ['`composer.watch`: until the callback, 25 ms of silence included', of(watch, 'heard')],
          ['`compose()` again', of(watch, 'again')],
          [`${cached.name}: its module alone`, of(cached, 'alone')],
          [`${cached.name}: everything`, of(cached, 'everything')],
          [`${medusa.name}, ${count(workspace.plugins)} pages: everything`, of(medusa, 'everything')],
        ].map(([name, figure]) => [name, number(figure.median), spread(figure)]),
      },
    ],
    bars: [
      atMost('the edited module is read', 0.5, of(core, 'alone').median, 'ms'),
      atMost(
        `everything is composed and printed anew in the core, ${number(text / 1000)} KB of text`,
        3,
        of(core, 'everything').median,
        'ms',
      ),
    ],
  }
}
