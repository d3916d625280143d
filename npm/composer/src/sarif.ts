/** Diagnostics as SARIF 2.1.0 (OASIS), which code hosts and editors read. */
import type { Diagnostic, Label } from '../index.js'

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

export function sarif(diagnostics: Diagnostic[]) {
  const rules = new Map(diagnostics.map(({ code, name }) => [code, name]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'framework-m', rules: [...rules].sort().map(([id, name]) => ({ id, name })) },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map(result),
      },
    ],
  }
}

function result({ code, severity, message, help, labels }: Diagnostic) {
  const [first, ...others] = labels.map(location)
  return {
    ruleId: code,
    level: levels[severity],
    message: { text: [message, help].filter(Boolean).join('\n') },
    locations: first ? [first] : [],
    relatedLocations: others,
  }
}

function location({ file, line, column, endLine, endColumn, text }: Label) {
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(file) },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
    message: { text },
  }
}
