/** The part of a bundler's chunk that is read here; Rollup and Rolldown agree on it. */
export interface OutputChunk {
  type: 'chunk'
  fileName: string
  isEntry: boolean
  facadeModuleId: string | null
  moduleIds: string[]
  modules: Record<string, { renderedLength: number }>
  imports: string[]
  dynamicImports: string[]
  viteMetadata?: { importedCss: Set<string> }
}

export type Bundle = Record<string, OutputChunk | { type: 'asset'; fileName: string }>

export function chunksOf(bundle: Bundle): OutputChunk[] {
  return Object.values(bundle).filter((output) => output.type === 'chunk')
}

/** A bundle whose chunks have been read: of what a bundler gives, each property is a question to it. */
export function plain(bundle: Bundle): Bundle {
  const read = (output: Bundle[string]): Bundle[string] => {
    if (output.type !== 'chunk') return output
    const { fileName, isEntry, facadeModuleId, moduleIds, modules, imports, dynamicImports, viteMetadata } =
      output
    const chunk = { fileName, isEntry, facadeModuleId, moduleIds, modules, imports, dynamicImports }
    return { type: 'chunk', ...chunk, ...(viteMetadata && { viteMetadata }) }
  }
  return Object.fromEntries(Object.entries(bundle).map(([file, output]) => [file, read(output)]))
}

/** The scripts and style sheets of a bundle. */
export function filesOf(bundle: Bundle): string[] {
  const files = Object.values(bundle).filter(({ type, fileName }) => type === 'chunk' || isCss(fileName))
  return files.map(({ fileName }) => fileName).sort()
}

export function isCss(file: string): boolean {
  return file.endsWith('.css')
}
