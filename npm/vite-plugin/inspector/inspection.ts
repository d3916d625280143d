/** What the server sends: `framework-m inspect --json`, with diagnostics and what the last build has made. */
export interface Inspection {
  readonly root: string
  readonly shell: string
  readonly composition: Composition
  readonly diagnostics: readonly Diagnostic[]
  readonly report: Report | null
  /** Whether the dev server's socket tells of another composition. */
  readonly socket: boolean
}

interface Composition {
  readonly packageManager: string
  readonly packages: number
  readonly plugins: readonly Plugin[]
  readonly menu: readonly MenuNode[]
  readonly routes: readonly Route[]
  readonly extensionPoints: readonly { id: string; plugin: string; description?: Text }[]
  readonly extensions: readonly Extension[]
  readonly services: readonly { name: string; plugin: string; factory?: Text }[]
  readonly permissions: readonly { resource: string; actions: readonly string[]; plugin: string }[]
  readonly settings: readonly { name: string; plugin: string; schema: Readonly<Record<string, unknown>> }[]
}

/** A text, the key of one that the shell translates, or code. */
export type Text = string | Readonly<Record<string, unknown>>

export interface Plugin {
  readonly name: string
  readonly package: string | null
  readonly version: string | null
  readonly dir: string
  readonly config: string | null
  readonly status: 'included' | 'disabled' | 'excluded' | 'blocked' | 'broken'
  readonly reason: string | null
  readonly dependencies: readonly { name: string; range: string; optional: boolean }[]
  readonly label?: Text
  readonly description?: Text
  readonly activation?: string
}

export interface MenuNode {
  readonly name: string
  readonly label: Text
  readonly route?: string
  readonly order?: number
  readonly when?: Text
  readonly plugin?: string
  readonly children?: readonly MenuNode[]
}

export interface Route {
  readonly path?: string
  readonly index?: boolean
  readonly label?: Text
  readonly component?: Text
  readonly when?: Text
  readonly plugin: string
  readonly children?: readonly Route[]
}

interface Extension {
  readonly id: string
  readonly point: string
  readonly plugin: string
  readonly weight: number
  readonly component: Text
  readonly when?: Text
}

interface Diagnostic {
  readonly code: string
  readonly name: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly help?: string
  readonly frame?: string
  readonly labels: readonly { file: string; line: number; column: number; text?: string }[]
}

export interface Part {
  readonly chunks: readonly string[]
  readonly css: readonly string[]
  readonly size: { readonly raw: number; readonly gzip: number | null }
}

interface Report {
  readonly shell: Part
  readonly shared: Part
  readonly plugins: readonly (Part & { readonly name: string })[]
}

/** A text as somebody reads it; a key of a translation stands for itself, and code for its kind. */
export function words(text: Text | undefined): string {
  if (typeof text === 'string') return text
  return String(text?.$message ?? (text?.$code ? `(${text.$code})` : ''))
}

/** The file that holds a piece of code, relative to the root. */
export function fileOf(code: Text | undefined): string | undefined {
  if (typeof code !== 'object') return undefined
  const { resolved, file, span } = code as {
    resolved?: string
    file?: string
    span?: { line: number; column: number }
  }
  return resolved ?? (file && span ? `${file}:${span.line}:${span.column}` : file)
}
