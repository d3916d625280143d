/** `docs/benchmarks.md`: everything that was measured, losses included. */
import { print as printBar } from './bars.mjs'
import { megabytes } from './format.mjs'
import { markdown } from './table.mjs'

/** The page's text. */
export function document(report) {
  const { scenarios } = report
  const parts = [head(report), promised(scenarios), ...scenarios.map(section), method(report), limits()]
  return `${parts.join('\n\n')}\n`
}

function head({ date, subject, machine, peers, seconds }) {
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`)
  return `# Benchmarks

<!-- Written by \`npm run bench\`; changes by hand are lost. -->

Measured on ${date}, in ${Math.round(seconds / 60)} minutes, by \`npm run bench\`: every number below is from that run.

- Framework M ${subject.version} (commit ${subject.commit}), binding of ${megabytes(subject.bindingBytes)}, Vite ${subject.vite}.
- Machine: ${machine.processor}, ${machine.memory}, ${machine.system}, ${machine.disk}; load before the run ${machine.load}.
- Node ${machine.node}; ${versions.join(', ')}.`
}

function promised(scenarios) {
  const bars = scenarios.flatMap(({ bars }) => bars)
  const missed = bars.filter(({ met }) => !met).length
  return `## What was promised

${bars.length} bars, ${missed === 0 ? 'all met' : `${missed} missed`}.

${bars.map((bar) => `- ${printBar(bar)}`).join('\n')}`
}

function section({ title, about, tables, skipped }) {
  const body = skipped ? [`Skipped: ${skipped}.`] : tables.map(markdown)
  return [`## ${title}`, about, ...body].join('\n\n')
}

function method({ rounds }) {
  return `## Method

- Every sample is a process of its own. “First call” is the first in it, without the import of the tool; “later calls” are
  the median of those after it in the same process, for about a second.
- Methods take turns, ${rounds} rounds unless a table takes fewer for slow ones, each round in another order. The first round
  warms the disk up and is dropped. Figures are medians over processes; “spread” is the distance between the quartiles in
  percent of the median; “to ours” divides by our row of the same table.
- In the dropped round every method says what it found: the same packages and tags, the same labels, menu items, routes,
  extensions, permissions, settings; of rivals, as many items. Who found something else ends the run.
- Workspaces are written by a recipe (\`bench/recipe.mjs\`): pnpm, a fifth of the packages plugins, configurations of 60 to 70
  lines and 3 KB, a linked \`node_modules\` with \`.bin\` in each package. The same numbers give the same bytes.
- Peers are called as their documentation says; each has a file in \`bench/peers\` with the call and what is fair or not about it.

## Again

\`\`\`sh
npm ci && npm run build
npm run bench                      # this page; as root on Linux also the cold cache
npm run bench -- --quick           # about a minute, smaller, prints only
npm run bench -- --only discovery  # one scenario, prints only
npm run --silent bench -- --json   # for machines
\`\`\``
}

function limits() {
  return `## What the numbers do not say

- Workspaces are generated: their packages are alike, as real ones are not.
- One machine, one system. Medians of the same method drift between runs by 10 to 25 %: compare within a table.
- A build or a dev server takes far longer than composing does. With 100 packages everything here but jiti is a fraction of a
  second, and the difference is not felt.
- Peers do other things too, and well: they are here because people use them for this job.`
}
