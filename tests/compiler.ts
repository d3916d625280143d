/** TypeScript's compiler, which parses a file once for all programs of a test file: most of them are libraries. */
import { join } from 'node:path'
import ts from 'typescript'

/** The `tsconfig.json` of a folder. Throws where it has errors. */
export function configuration(folder: string): ts.ParsedCommandLine {
  const { config, error } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile)
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, folder)
  const errors = error ? [error] : parsed.errors
  if (errors.length > 0) throw new Error(errors.map(described).join('\n'))
  return parsed
}

const parsed = new Map<string, ts.SourceFile | undefined>()

/** What gives a program its files. `isChanged` tells of those that may have another text in the next program. */
export function compilerHost(
  options: ts.CompilerOptions,
  isChanged: (file: string) => boolean = () => false,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  host.getSourceFile = (file, version, ...rest) => {
    if (isChanged(file)) return getSourceFile(file, version, ...rest)
    const key = JSON.stringify([file, version])
    if (!parsed.has(key)) parsed.set(key, getSourceFile(file, version, ...rest))
    return parsed.get(key)
  }
  return host
}

/** What the compiler says of the project in a folder. Its files are not to be changed while tests run. */
export function problemsOf(folder: string): string[] {
  const { options, fileNames } = configuration(folder)
  const program = ts.createProgram(fileNames, options, compilerHost(options))
  return ts.getPreEmitDiagnostics(program).map(described)
}

/** `/repository/src/a.ts:3: Cannot find name 'b'.` */
export function described({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file && file.getLineAndCharacterOfPosition(start).line + 1
  const text = ts.flattenDiagnosticMessageText(messageText, '\n')
  return file ? `${file.fileName}:${line}: ${text}` : text
}
