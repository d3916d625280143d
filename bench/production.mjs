/** A production build with Vite, and what there is in its output. */
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { build, createLogger } from 'vite'

/** Builds a shell; `plugins` are beside React's. Nobody compresses anything to say how large it is, unless that is asked for. */
export async function production(shell, { plugins = [], compressed = false } = {}) {
  const { output } = await build({
    root: shell,
    configFile: false,
    // Vite compresses what it would print the size of, and nothing else.
    logLevel: compressed ? 'info' : 'error',
    customLogger: createLogger(compressed ? 'silent' : 'error'),
    plugins: [react(), plugins],
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      reportCompressedSize: compressed,
      chunkSizeWarningLimit: 100_000,
    },
  })
  return output
}

/** The chunks that a browser loads before anything is clicked: the entry, and what it imports statically. */
export function firstLoad(output) {
  const chunks = new Map(
    output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  )
  const reached = new Set(
    [...chunks.values()].filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName),
  )
  for (const fileName of reached) for (const other of chunks.get(fileName)?.imports ?? []) reached.add(other)
  return [...reached].flatMap((fileName) => chunks.get(fileName) ?? [])
}

/** Bytes of code. */
export function sizes(chunks) {
  const sum = (size) => chunks.reduce((all, { code }) => all + size(code), 0)
  return { raw: sum((code) => Buffer.byteLength(code)), gzip: sum((code) => gzipSync(code).length) }
}

/** How many pages are in all chunks, and in those of the first load. */
export function pages(output) {
  const count = (chunks) =>
    new Set(chunks.flatMap(({ code }) => code.match(/page:plugin-\d+:\w+:/g) ?? [])).size
  const chunks = output.filter(({ type }) => type === 'chunk')
  return { pages: count(chunks), eager: count(firstLoad(output)) }
}
