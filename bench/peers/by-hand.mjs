/** The same app with what somebody has written into the shell: every plugin's menu and routes, and one `import()` each. */
import { firstLoad, pages, production, sizes } from '../production.mjs'

export const label = 'hand-written lazy imports'
export const once = true

export const run = async ({ byHand, compressed }) => ({ output: await production(byHand, { compressed }) })

export const answer = ({ output }) => pages(output)

export const measures = ({ output }) => ({ ...sizes(firstLoad(output)), chunks: output.length })
