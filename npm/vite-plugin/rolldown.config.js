import { defineConfig } from 'rolldown'
import manifest from './package.json' with { type: 'json' }

/** The chunk of a module: what bundlers share is in one, and what is for some of them in one each. */
function room(id) {
  const [, folder] = /[\\/]src[\\/](\w+)[\\/](?!live\.)/.exec(id) ?? []
  return folder && (['rollup', 'vite', 'webpack'].includes(folder) ? folder : 'shared')
}

const ENTRIES = ['index', 'rolldown', 'rollup', 'rspack', 'webpack']

/**
 * What is published is a file an entry and a few chunks: whoever starts Vite waits for each file that is imported.
 * `vite/live` is for browsers, and is read as a file.
 */
export default defineConfig({
  cwd: import.meta.dirname,
  input: Object.fromEntries([...ENTRIES, 'vite/live'].map((name) => [name, `src/${name}.ts`])),
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  external: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
  output: {
    dir: 'dist',
    cleanDir: true,
    // Files that are looked for beside a module are as far from a chunk as from the source: two folders up is the package.
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: room, debugName: 'rooms' }] },
  },
})
