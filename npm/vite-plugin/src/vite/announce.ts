import { resolve } from 'node:path'
import type { Composed, Diagnostic } from '@framework-m/composer'
import type { HotPayload, Plugin, ResolvedConfig } from 'vite'
import { writeDeclaration } from '../composition/declaration.js'
import { RESOLVED } from '../composition/ids.js'
import { errorsIn, overlay, print, summary } from '../composition/print.js'
import type { Session } from '../composition/session.js'
import { logOf } from './surroundings.js'
import { isVitest } from './vitest.js'

/**
 * Errors are shown after the update that follows from the same change, since an update takes away what is shown. In bundled
 * dev mode nobody is told when the update is sent; this many milliseconds are long enough to bundle what has changed.
 */
const REBUNDLED = 300

/** Writes the types and prints the diagnostics; errors end a build, and go to the overlay of a dev server. */
export function announces(dts: string | false, session: Session): Plugin[] {
  // No configuration is kept here: Vite never forgets a plugin, and with the configuration goes a whole dev server.
  let announced = 0
  let said = new Set<string>()
  const announce = (config: ResolvedConfig) => {
    const { composed, count } = session
    if (announced === count) return
    const news = composed.diagnostics.filter((diagnostic) => !said.has(JSON.stringify(diagnostic)))
    said = new Set(composed.diagnostics.map((diagnostic) => JSON.stringify(diagnostic)))
    announced = count
    print(news, logOf(config.logger))
    if (dts !== false) writeDeclaration(resolve(config.root, dts), composed.types)
  }
  /** How many compositions there were when errors were last shown after an update of Vite's own. */
  let told = 0
  const announcing: Plugin = {
    name: 'framework-m:announce',
    enforce: 'pre',
    buildStart() {
      session.refresh()
      const { config } = this.environment
      const errors = errorsIn(session.composed.diagnostics)
      if (config.command === 'build' && errors.length > 0) this.error(summary(errors))
      announce(config)
    },
    configureServer({ config, environments: { client } }) {
      // Vitest clears the screen before it runs tests again, so that it is told when they load the composition.
      if (isVitest(config)) return
      told = session.count
      session.subscribe(client, (now, before) => {
        announce(config)
        const known = [...(config.resolve.dedupe ?? []), ...before.bundle.dedupe]
        const late = now.bundle.dedupe.filter((name) => !known.includes(name))
        if (late.length > 0) config.logger.warn(notDeduped(late), { timestamp: true })
        if (sameErrors(now, before)) return
        const errors = errorsIn(now.diagnostics)
        setTimeout(() => show(errors, now.root, client.hot), config.experimental?.bundledDev ? REBUNDLED : 0)
      })
      client.hot.on('vite:client:connect', (_, page) => {
        const errors = errorsIn(session.composed.diagnostics)
        if (errors.length > 0) show(errors, session.composed.root, page)
      })
    },
    hotUpdate: {
      order: 'post',
      handler() {
        const { composed, count } = session
        const errors = errorsIn(composed.diagnostics)
        if (told === count || this.environment.name !== 'client') return
        told = count
        // An update that Vite sends of the same edit takes away what lies over the page.
        if (errors.length > 0) setTimeout(() => show(errors, composed.root, this.environment.hot))
      },
    },
  }
  const announcingLater: Plugin = {
    name: 'framework-m:announce-later',
    enforce: 'pre',
    apply: 'serve',
    load: {
      filter: { id: RESOLVED },
      handler() {
        session.refresh()
        announce(this.environment.config)
      },
    },
  }
  return [announcing, announcingLater]
}

/**
 * Lays the errors over the page, or takes those away that were there. An update without modules does the latter. It also
 * comes first, because Vite's client reloads a page whose first update finds something laid over it.
 */
export function show(errors: Diagnostic[], root: string, page: { send(payload: HotPayload): void }): void {
  page.send({ type: 'update', updates: [] })
  const err = overlay(errors, root)
  if (err) page.send({ type: 'error', err })
}

function notDeduped(names: string[]): string {
  const list = names.map((name) => `\`${name}\``).join(', ')
  return `Framework M: plugins now share ${list}. Restart the dev server, so that every plugin gets the same copy.`
}

function sameErrors(now: Composed, before: Composed): boolean {
  const [a, b] = [now, before].map(({ diagnostics }) => JSON.stringify(errorsIn(diagnostics)))
  return a === b
}
