import { resolve } from 'node:path'
import type { Composed } from '@framework-m/composer'
import type { Plugin, ResolvedConfig } from 'vite'
import { writeDeclaration } from './declaration.js'
import { RESOLVED } from './ids.js'
import { errorsIn, overlay, print, summary } from './print.js'
import type { Session } from './session.js'

/** Writes the types and prints the diagnostics; errors end a build, and go to the overlay of a dev server. */
export function announces(dts: string | false, session: Session): Plugin {
  let config: ResolvedConfig
  let announced: Composed | undefined
  const announce = () => {
    if (announced === session.composed) return
    announced = session.composed
    print(announced.diagnostics, config.logger)
    if (dts !== false) writeDeclaration(resolve(config.root, dts), announced.types)
  }
  return {
    name: 'framework-m:announce',
    enforce: 'pre',
    configResolved(resolved) {
      config = resolved
    },
    buildStart() {
      session.refresh()
      const errors = errorsIn(session.composed.diagnostics)
      if (config.command === 'build' && errors.length > 0) this.error(summary(errors))
      announce()
    },
    configureServer({ environments: { client } }) {
      // Every page is told when it connects: an edit reloads the page, and a message would find nobody there.
      client.hot.on('vite:client:connect', (_, page) => {
        session.refresh()
        announce()
        const err = overlay(errorsIn(session.composed.diagnostics), session.composed.root)
        if (err) page.send({ type: 'error', err })
      })
    },
    load: {
      filter: { id: RESOLVED },
      handler() {
        session.refresh()
        announce()
      },
    },
  }
}
