import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { CHROMIUM, FLAGS } from '../chromium.js'

/** Debian's Chromium with an empty profile. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

/** Serves a folder as a web server would: every path that is no file is the app, or what a server renders there. */
export async function serve(
  folder: string,
  render?: (path: string) => Promise<string>,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = extname(path) in TYPES ? path : '/index.html'
    try {
      const body = render && file !== path ? await render(path) : await readFile(join(folder, file))
      response
        .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
        .end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Opens a route of the test's shell, and waits until its page is drawn. */
export function show({ page }: Pick<Visit, 'page'>, path: string): Promise<void> {
  return page.evaluate((to) => (window as unknown as { show(path: string): Promise<void> }).show(to), path)
}

/** A page with what it asked for and what went wrong in it. */
export interface Visit {
  page: Page
  /** Paths asked for since the last `forget`. */
  requests: string[]
  /** Errors of the console, of scripts and of the network. */
  errors: string[]
  /** How many documents were loaded: one more than there were reloads. */
  loads: () => number
}

export async function visit(
  browser: Browser,
  url: string,
  prepare: (page: Page) => unknown = () => {},
): Promise<Visit> {
  const page = await browser.newPage()
  await prepare(page)
  const requests: string[] = []
  const errors: string[] = []
  let loads = 0
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads++
    else if (request.url().startsWith('http'))
      requests.push(decodeURIComponent(new URL(request.url()).pathname))
  })
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())))
  page.on('pageerror', (error) => void errors.push(String(error)))
  page.on('requestfailed', (request) => void errors.push(`${request.url()} ${request.failure()?.errorText}`))
  await page.goto(url)
  await page.waitForSelector('main')
  return { page, requests, errors, loads: () => loads }
}
