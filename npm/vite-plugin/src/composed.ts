/** What this plugin needs of `@framework-m/composer`; its own declarations say the rest. */

export type Severity = 'error' | 'warning' | 'info'

/** A place in an author's file: lines and columns from 1, columns in UTF-16 units, paths relative to the root. */
export interface Label {
  file: string
  line: number
  column: number
  endLine: number
  endColumn: number
  text: string
}

export interface Diagnostic {
  code: string
  name: string
  severity: Severity
  message: string
  labels: Label[]
  help?: string | null
  /** The diagnostic drawn for a person, source lines and all. */
  frame: string
}

/** A virtual module: one plugin's code, or one route's when the code is split by route. */
export interface Entry {
  id: string
  /** The file name, before its hash, of the chunk that this module starts. */
  chunk: string
  plugin: string
  /** JavaScript; specifiers are relative to the workspace root. */
  code: string
}

/** `import('./x')` in a config module, of a module that another virtual module imports as well. */
export interface PageImport {
  file: string
  /** UTF-16 offsets of the whole expression. */
  start: number
  end: number
  specifier: string
  /** The id of the virtual module that stands for the page; none where the plugin's entry holds it. */
  page?: string | null
}

/** A composed plugin as the bundler sees it; every path is relative to the root. */
export interface BundledPlugin {
  name: string
  dir: string
  config: string
  /** The modules that the config refers to as code: pages, widgets, services. */
  files: string[]
}

export interface PluginSummary {
  name: string
  package: string
  version: string | null
  status: string
  reason?: string | null
}

export interface Composed {
  /** Absolute path of the workspace root. */
  root: string
  composition: { plugins: PluginSummary[] }
  /** The text of `virtual:framework-m-plugins`. */
  module: string
  entries: Entry[]
  /** The text of `framework-m.d.ts`. */
  types: string
  /** Absolute paths: read, looked for in vain, listed. */
  watch: { files: string[]; missing: string[]; dirs: string[] }
  diagnostics: Diagnostic[]
  bundle: { plugins: BundledPlugin[]; dedupe: string[]; imports: PageImport[] }
}

export interface ComposerOptions {
  /** The workspace root; found from the shell when absent. */
  root?: string
  /** The shell's folder; the Vite root when absent. */
  shell?: string
  /** The key in `package.json` that tags a plugin package. */
  metadataKey?: string
  /** Plugins (names, globs) that take part; all when absent. */
  include?: string[]
  /** Plugins (names, globs) that do not. */
  exclude?: string[]
  /** Only these plugins and what they depend on. */
  only?: string[]
  menu?: { overrides?: Record<string, unknown> }
  routes?: { base?: string }
  /** The severity of a diagnostic, by its code. */
  severity?: Record<string, Severity | 'off'>
  /** Identity functions a config may be wrapped in, besides `define*`. */
  wrappers?: string[]
  /** Message functions, as in `t('key')`. */
  messages?: string[]
  env?: Record<string, unknown>
  codeSplitting?: 'plugin' | 'route'
}

export interface ComposerLike {
  compose(): Composed
}

export type OpenComposer = (options: ComposerOptions) => ComposerLike
