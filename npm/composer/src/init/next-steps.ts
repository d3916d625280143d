/** What to do after a plugin was made, in the words of the workspace's package manager. */
import type { Surroundings } from './workspace.js'

type Commands = { install: string; run: (script: string, shell: string) => string }

const npm: Commands = { install: 'npm install', run: (script, shell) => `npm run ${script} -w ${shell}` }
const yarn: Commands = {
  install: 'yarn install',
  run: (script, shell) => `yarn workspace ${shell} ${script}`,
}

const COMMANDS: Readonly<Record<string, Commands>> = {
  npm,
  lerna: npm,
  'yarn-classic': yarn,
  'yarn-berry': yarn,
  pnpm: { install: 'pnpm install', run: (script, shell) => `pnpm --filter ${shell} ${script}` },
  bun: { install: 'bun install', run: (script, shell) => `bun run --filter ${shell} ${script}` },
  rush: { install: 'rush update', run: (script, shell) => `rush-pnpm --filter ${shell} run ${script}` },
}

/** Lines to type or to do, in their order. */
export function nextSteps({ manager, shell }: Surroundings, route: string): string[] {
  const { install, run } = COMMANDS[manager] ?? npm
  const script = ['dev', 'start'].find((name) => Object.hasOwn(shell.manifest.scripts ?? {}, name))
  const serve = script && shell.name ? run(script, shell.name) : `start the shell, which is in ${shell.dir}`
  return [install, serve, `open ${route} in the shell`]
}
