import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { HotPayload, UserConfig, ViteDevServer } from 'vite'
import { launch, show, type Visit, visit } from './browser.js'
import { frameworkMPlugin, recorder, VERSIONS, type Version } from './builds.js'
import type { Workspace } from './workspace.js'

const REACT = { 'Vite 8': '@vitejs/plugin-react', 'Vite 7': 'vite7/react' } as const

/** A dev server with a page open in Chromium. */
export class Dev {
  private constructor(
    readonly app: Workspace,
    readonly server: ViteDevServer,
    readonly browser: Browser,
    readonly at: Visit,
    /** What the server printed that is a warning or worse. */
    readonly printed: string[],
    /** What the page was told, connections and custom events aside. */
    readonly told: HotPayload[],
  ) {}

  static async start(version: Version, app: Workspace, config: UserConfig = {}): Promise<Dev> {
    process.env.NODE_ENV = 'development' // As in `vite dev`; the test runner has set it to `test`.
    rmSync(join(app.shell, 'hand.html'), { force: true }) // It imports the plugins, and Vite would follow it.
    const vite = VERSIONS[version]
    const { default: react } = await import(REACT[version])
    const { logger, warnings } = recorder(vite)
    const server = await vite.createServer({
      root: app.shell,
      configFile: false,
      customLogger: logger,
      plugins: [react(), frameworkMPlugin()],
      server: { port: 0 },
      ...config,
    })
    await server.listen()
    const browser = await launch()
    const told: HotPayload[] = []
    const at = await visit(browser, server.resolvedUrls?.local[0] ?? '', (page) => {
      page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => {
          const message = JSON.parse(String(payload)) as HotPayload
          if (!['connected', 'ping', 'custom'].includes(message.type)) told.push(message)
        }),
      )
    })
    return new Dev(app, server, browser, at, warnings, told)
  }

  async stop(): Promise<void> {
    await this.browser.close()
    await this.server.close()
    this.app.remove()
  }

  /** Rewrites a file of the workspace. */
  edit(file: string, change: (text: string) => string): void {
    const text = readFileSync(join(this.app.root, file), 'utf8')
    if (change(text) === text) throw new Error(`the edit of ${file} changes nothing`)
    this.app.write(file, change(text))
  }

  open(path: string): Promise<void> {
    return show(this.at, path)
  }

  /** Waits until a text is shown, or is no longer. */
  async shows(selector: string, text: string, is = true): Promise<void> {
    await this.at.page.waitForFunction(
      ([where, what, wanted]) =>
        document.querySelector(where as string)?.textContent?.includes(what as string) === wanted,
      [selector, text, is] as const,
      { polling: 10 },
    )
  }

  type(label: string, text: string): Promise<void> {
    return this.at.page.fill(`[aria-label="${label}"]`, text)
  }

  typed(label: string): Promise<string> {
    return this.at.page.inputValue(`[aria-label="${label}"]`)
  }

  /** What the page was told to update, message by message. That modules are no longer imported is no update. */
  updates(): string[][] {
    const plain = (path: string) => path.replace('/@id/__x00__', '').replace('\0', '')
    return this.told
      .filter(({ type }) => type !== 'prune')
      .map((message) =>
        message.type === 'update' ? message.updates.map(({ path }) => plain(path)) : [message.type],
      )
  }

  /** What Vite has laid over the page. */
  overlay(): Promise<string | undefined> {
    return this.at.page.evaluate(
      () => document.querySelector('vite-error-overlay')?.shadowRoot?.textContent ?? undefined,
    )
  }
}
