/*
 * What the composer does when a shell is built, for plugins that it has not seen. It is loaded, and `semver` with it, when
 * the first of them is registered; a shell whose plugins are all composed never loads it.
 */
export { Claims } from './claims.js'
export { overrideCheck } from './overrides.js'
export { parseCondition } from './parse-condition.js'
export { mismatch } from './version.js'
export { composed } from './written.js'
