/** What `index.d.ts` declares: the binary of this platform. */
import { load } from './binding.js'

export const {
  Composer,
  Watcher,
  compositionSchema,
  diagnosticCodes,
  diagnosticsSchema,
  didYouMean,
  evaluateFiles,
  explainSchema,
  packages,
  singletonsSchema,
} = load()
