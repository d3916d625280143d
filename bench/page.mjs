/** What a browser is to a dev server: it asks for modules, and hears of updates. */

/** How long an update may take before the measurement is wrong. */
const PATIENCE = 20_000

export class Page {
  #url
  #socket
  #waiting

  /** Opens the page's socket as Vite's client does; needs Node's own `WebSocket`. */
  static async open(url) {
    const page = new Page()
    page.#url = url
    const client = await page.ask('/@vite/client')
    const token = /const wsToken = "([^"]+)"/.exec(client)[1]
    page.#socket = new WebSocket(`${url.replace(/^http/, 'ws')}?token=${token}`, 'vite-hmr')
    page.#socket.addEventListener('message', ({ data }) => page.#hear(JSON.parse(data)))
    await new Promise((resolve, reject) => {
      page.#socket.addEventListener('open', resolve)
      page.#socket.addEventListener('error', reject)
    })
    return page
  }

  /** The text of a module. */
  async ask(path) {
    const response = await fetch(new URL(path, this.#url))
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.text()
  }

  /** Resolves with the update of a module, and the time at which it came; anything but an update is an error. */
  next(path) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${path} was not updated`)), PATIENCE)
      const settle = (end) => (value) => {
        clearTimeout(timer)
        this.#waiting = undefined
        end(value)
      }
      this.#waiting = { path, resolve: settle(resolve), reject: settle(reject) }
    })
  }

  /** Asks for the new text, as a page does that was told of an update. */
  take({ path, timestamp }) {
    return this.ask(`${address(path)}?t=${timestamp}`)
  }

  #hear(message) {
    const at = performance.now()
    if (message.type === 'full-reload' || message.type === 'error')
      this.#waiting?.reject(new Error(`the page was told ${JSON.stringify(message)}`))
    const update = message.updates?.find(({ path }) => address(path) === this.#waiting?.path)
    if (update) this.#waiting.resolve({ at, update })
  }

  close() {
    this.#socket.close()
  }
}

/** Where a page asks for a module of this id. */
function address(id) {
  return id.startsWith('\0') ? `/@id/__x00__${id.slice(1)}` : id
}
