import type { Plugin } from 'vite'

/** The part of an esbuild plugin's world that is read here: what was built, by file. */
interface Building {
  onEnd(listen: (result: Result) => void): void
}
interface Result {
  metafile?: { outputs: Record<string, { imports: Array<{ path: string }> }> } | undefined
}

/**
 * Keeps Vite 7 from reloading every page when one dependency more is optimized, as the first of a new plugin is. It asks
 * whether the others import the same chunks as before, but names the chunks by a temporary folder that is new each time.
 * Vite 8 names them by their files alone.
 */
export function keepsOptimized(): Plugin {
  return {
    name: 'framework-m:optimizer',
    apply: 'serve',
    config() {
      if (this.meta.rolldownVersion) return undefined
      return { optimizeDeps: { esbuildOptions: { plugins: [{ name: 'framework-m:chunk-names', setup }] } } }
    },
  }
}

function setup(build: Building): void {
  build.onEnd(({ metafile }) => {
    const imports = Object.values(metafile?.outputs ?? {}).flatMap((output) => output.imports)
    for (const chunk of imports) chunk.path = chunk.path.slice(chunk.path.lastIndexOf('/') + 1)
  })
}
