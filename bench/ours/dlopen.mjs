/** The binding alone, as Node loads it: `require('….node')`. */
import { createRequire } from 'node:module'

export const once = true
const require = createRequire(import.meta.url)

export const run = ({ binding }) => require(binding)
