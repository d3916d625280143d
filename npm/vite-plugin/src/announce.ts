import { resolve } from 'node:path'
import type { Plugin, ResolvedConfig } from 'vite'
import type { Composed } from './composed.js'
import { writeDeclaration } from './declaration.js'
import { RESOLVED, RESOLVED_HOST } from './ids.js'
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
    configResolved(resolved) {
      config = resolved
    },
    buildStart() {
      session.refresh()
      const errors = errorsIn(session.composed.diagnostics)
      if (config.command === 'build' && errors.length > 0) this.error(summary(errors))
      announce()
    },
    load: {
      filter: { id: RESOLVED },
      order: 'pre',
      handler(id) {
        session.refresh()
        announce()
        const err = overlay(errorsIn(session.composed.diagnostics))
        if (this.environment.mode === 'dev' && id === RESOLVED_HOST && err)
          this.environment.hot.send({ type: 'error', err })
      },
    },
  }
}
