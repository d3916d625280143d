/** What npm would put into the tarballs of the plugins that are published: npm is asked, and packs nothing. */
import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Composer, Diagnostic, Publication, Tarball } from '../index.js'

/** What is wrong with the tarballs, and a line on each plugin package: packed, or why it is not. */
interface Packing {
  diagnostics: Diagnostic[]
  lines: string[]
}

export async function checkTarballs(composer: Composer, root: string): Promise<Packing> {
  const publications = composer.publications()
  const published = publications.filter(({ skipped }) => skipped === undefined)
  const tarballs = await eachOf(published, ({ dir }) => describe(root, dir))
  return { diagnostics: composer.checkTarballs(tarballs), lines: report(publications, tarballs) }
}

function report(publications: Publication[], tarballs: Tarball[]): string[] {
  if (publications.length === 0) return ['no package of this workspace is a plugin: there is nothing to pack']
  const byDir = new Map(tarballs.map((tarball) => [tarball.dir, tarball]))
  return publications.map(({ package: name, dir, skipped }) => {
    const tarball = byDir.get(dir)
    if (!tarball) return `not checked: ${name}, because ${skipped}`
    return `checked: ${name}, ${tarball.failure ? 'which cannot be packed' : files(tarball.files.length)}`
  })
}

function files(count: number): string {
  return count === 1 ? '1 file' : `${count} files`
}

/** Runs as many at the same time as there are processors. The results are in the order of the items. */
async function eachOf<Item, Result>(items: Item[], run: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  const waiting = items.entries()
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await run(item)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return results
}

/** `npm pack --dry-run` of a package: its build is not run, since what is checked is what is there. */
async function describe(root: string, dir: string): Promise<Tarball> {
  const options = { cwd: join(root, dir), maxBuffer: 1 << 28, shell: process.platform === 'win32' }
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=silent']
  const { stdout, error } = await promisify(execFile)('npm', args, options).then(
    ({ stdout }) => ({ stdout, error: undefined }),
    (error: NodeJS.ErrnoException & { stdout?: string }) => ({ stdout: error.stdout ?? '', error }),
  )
  if (error?.code === 'ENOENT') {
    throw new Error('npm, which is asked what it would pack, is not there: it comes with Node')
  }
  return { dir, ...read(stdout, error) }
}

interface Answer {
  error?: { summary?: string; detail?: string }
}

/** npm answers with a list of one package, from version 12 with an object by name, or says what is wrong. */
function read(stdout: string, error: Error | undefined): Omit<Tarball, 'dir'> {
  const answer = parse(stdout)
  const [packed] = Object.values(answer ?? {}) as { files?: { path: string }[] }[]
  if (!error && packed?.files) return { files: packed.files.map(({ path }) => path) }
  const reason = answer?.error?.summary || error?.message || 'npm gave no list of files'
  return { files: [], failure: reason.split('\n')[0] as string }
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
