/** Diagnostics as SARIF 2.1.0 (OASIS), which code hosts and editors read. */
import { type Diagnostic, type DiagnosticCode, diagnosticCodes, type Label } from '../index.js'
import { manifest } from './manifest.js'

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

export function sarif(diagnostics: Diagnostic[]) {
  const found = new Set(diagnostics.map(({ code }) => code))
  const kinds = diagnosticCodes().filter(({ code }) => found.has(code))
  const { version, repository } = manifest()
  const indexOf = new Map(kinds.map(({ code }, index) => [code, index]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'framework-m',
            semanticVersion: version,
            rules: kinds.map((kind) => rule(kind, repository)),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the workspace.' } } },
        results: diagnostics.map((diagnostic) => result(diagnostic, indexOf.get(diagnostic.code))),
      },
    ],
  }
}

/**
 * A code with all of its page, which hosts show beside the result. The page has an address as soon as this package's
 * manifest names the repository that it is in.
 */
export function rule(
  { code, name, severity, summary, explanation }: DiagnosticCode,
  repository: { url: string } | undefined,
) {
  const url = repository?.url.replace(/^git\+/, '').replace(/(?:\.git)?\/*$/, '')
  const [, ...prose] = (explanation.split('\n# Example\n')[0] ?? '').trim().split('\n\n')
  return {
    id: code,
    name: pascalCase(name),
    shortDescription: { text: summary },
    fullDescription: { text: [summary, ...prose].join('\n\n') },
    help: { text: `framework-m explain ${code}`, markdown: explanation.trim() },
    ...(url !== undefined && { helpUri: `${url}/blob/HEAD/docs/diagnostics/${code}.md` }),
    defaultConfiguration: { level: levels[severity] },
  }
}

function result({ code, severity, message, help, labels }: Diagnostic, ruleIndex = -1) {
  const [first, ...others] = labels.map(location)
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: [message, help].filter(Boolean).join('\n') },
    locations: first ? [first] : [],
    relatedLocations: others.map((other, id) => ({ id, ...other })),
  }
}

function location({ file, line, column, endLine, endColumn, text }: Label) {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
    message: { text },
  }
}

/** `route-conflict` → `RouteConflict`, which section 3.49.7 asks of a rule's name. */
function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
}
