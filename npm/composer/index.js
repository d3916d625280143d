/** What `index.d.ts` declares: the binary of this platform. */
import { load } from './binding.js'

export const { Composer, Watcher, diagnosticCodes, didYouMean, evaluateFiles, packages } = load()
