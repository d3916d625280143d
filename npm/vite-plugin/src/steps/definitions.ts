import type { Edit } from './edits.js'

/** What stands before a module's own statements: white space, comments, and imports that end with their line. */
const HEADER =
  /\s+|;|\/\/.*|\/\*[\s\S]*?\*\/|import\s*(?:([\w$*{][^'"]*?)\s*from\s*)?(['"])([^'"\n]*)\2(?=[^\S\n]*(?:[;\n]|\/[/*]|$))/y

/** The SDK's entries that have functions which return what they are given. */
const SDK = /^@framework-m\/plugin-sdk(?:\/core)?$/

const IDENTITY = /^(definePlugin|defineExtensionPoint)(?:\s+as\s+([\w$]+))?$/

/**
 * The imports in which a module takes nothing from the SDK but functions that return what they are given, each as these
 * functions: a configuration that is wrapped in `definePlugin` need not bring the SDK, React and a router into a build.
 * Only what stands before the module's own statements is looked at, where no text can be taken for an import.
 */
export function definitions(code: string): Edit[] {
  const edits: Edit[] = []
  HEADER.lastIndex = 0
  for (let found = HEADER.exec(code); found; found = HEADER.exec(code)) {
    const [whole, clause = '', , specifier = ''] = found
    const text = SDK.test(specifier) ? identities(clause) : undefined
    if (text === undefined) continue
    const lines = '\n'.repeat(whole.split('\n').length - 1)
    edits.push({ start: found.index, end: HEADER.lastIndex, text: text + lines })
  }
  return edits
}

/** The functions of an import's clause, unless it has something else. Types are nothing. */
function identities(clause: string): string | undefined {
  const names = /^\{([^{}]*)\}$/
    .exec(clause)?.[1]
    ?.split(',')
    .map((name) => name.trim())
  const values = names?.filter((name) => name !== '' && !/^type\s+[\w$]/.test(name))
  const found = values?.map((name) => IDENTITY.exec(name))
  if (!found?.length || found.includes(null)) return undefined
  return found.map((name) => `function ${name?.[2] ?? name?.[1]}(given) { return given }`).join(' ')
}
