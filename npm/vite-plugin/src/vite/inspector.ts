import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Composed } from '@framework-m/composer'
import type { Plugin, ResolvedConfig, ViteDevServer } from 'vite'
import type { Session } from '../composition/session.js'
import { reportIn } from '../report/file.js'
import type { Report } from '../report/report.js'
import type { InspectorOption } from '../steps/options.js'

/** Where the inspector is, below the base of the dev server. */
const PATH = '/__framework-m'

/** What the dev server tells open inspectors: there is another composition. */
const COMPOSED = 'framework-m:composed'

/** What the inspector's page is made from. */
interface Inspection extends Pick<Composed, 'root' | 'shell' | 'composition' | 'diagnostics'> {
  /** What the last build made of each plugin, if there was one. */
  readonly report: Report | null
  /** Whether the dev server's socket tells of another composition; in bundled dev mode it tells the app alone. */
  readonly socket: boolean
}

/** Shows the composition as a page of the dev server, at `/__framework-m/`. A build knows nothing of it. */
export function inspects(option: InspectorOption, session: Session): Plugin {
  return {
    name: 'framework-m:inspector',
    apply: 'serve',
    configureServer(server) {
      if (option === false) return
      const { config, environments, middlewares } = server
      session.subscribe(environments.client, () => environments.client.hot.send(COMPOSED))
      const path = `${new URL(config.base, 'http://localhost').pathname.replace(/\/$/, '')}${PATH}`
      middlewares.use(path, (request, response, next) => {
        if (option !== 'network' && !isLocal(request)) refuse(response)
        else if (isPage(request)) void answer(request, response, path, config, session).catch(next)
        else next()
      })
      announce(server)
    },
  }
}

/**
 * Whether a request comes from this machine, and not by a proxy on it. Vite itself has looked at its host: no other site can
 * ask in its name.
 */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
  const isForwarded = 'x-forwarded-for' in headers || 'forwarded' in headers
  return !isForwarded && (address === '::1' || address.startsWith('127.'))
}

function refuse(response: ServerResponse): void {
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(
    'The inspector answers this machine alone. frameworkMPlugin({ inspector: "network" }) shows it to others.\n',
  )
}

function isPage({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD'
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/** The files of the page: its script is compiled, the others stand as they are. */
const FOLDERS: Readonly<Record<string, string>> = {
  '.html': fileURLToPath(new URL('../../inspector', import.meta.url)),
  '.css': fileURLToPath(new URL('../../inspector', import.meta.url)),
  '.js': fileURLToPath(new URL('../../dist/inspector', import.meta.url)),
}

async function answer(
  { url = '/', originalUrl = url }: IncomingMessage & { originalUrl?: string | undefined },
  response: ServerResponse,
  path: string,
  config: ResolvedConfig,
  session: Session,
): Promise<void> {
  const { pathname } = new URL(url, 'http://localhost')
  if (pathname === '/' && !new URL(originalUrl, 'http://localhost').pathname.endsWith('/')) {
    response.writeHead(302, { location: `${path}/` }).end()
    return
  }
  const file = pathname === '/' ? 'index.html' : pathname.slice(1)
  const [type, body] =
    file === 'inspection.json'
      ? ['application/json', JSON.stringify(inspection(config, session))]
      : [TYPES[extname(file)], await fileOf(file)]
  if (type === undefined || body === undefined) response.writeHead(404).end()
  else response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}

/** A file of the page; its name has no folder. */
async function fileOf(name: string): Promise<Buffer | undefined> {
  const folder = FOLDERS[extname(name)]
  if (!folder || !/^[a-z-]+\.[a-z]+$/.test(name)) return undefined
  return readFile(join(folder, name)).catch(() => undefined)
}

function inspection(config: ResolvedConfig, session: Session): Inspection {
  const { root, shell, composition, diagnostics } = session.composed
  const { root: folder, build, experimental } = config
  const report = reportIn(resolve(folder, build.outDir)) ?? null
  return { root, shell, composition, diagnostics, report, socket: !experimental?.bundledDev }
}

/** Adds a line to those in which Vite says where it is. */
function announce(server: ViteDevServer): void {
  const { printUrls } = server
  server.printUrls = () => {
    printUrls.call(server)
    const [local] = server.resolvedUrls?.local ?? []
    if (local) server.config.logger.info(`  ➜  Plugins: ${new URL(`.${PATH}/`, local)}`)
  }
}
