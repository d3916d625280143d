/** Throws for a part of the SDK that needs a package which is not installed. */
export function absent(part: string, name: 'React' | 'React Router', install: string): never {
  throw new Error(
    `\`${part}\` of @framework-m/plugin-sdk needs ${name}, and ${install} is not installed. Run \`npm install ${install}\` in the shell.`,
  )
}
