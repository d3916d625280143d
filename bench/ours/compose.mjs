/** `new Composer({ root, shell }).compose()`: everything, from the folder to the text of the modules. Nothing is kept between calls. */
import { Composer } from '@framework-m/composer'
import { composition } from '../answer.mjs'

export function run({ root, shell }) {
  const composed = new Composer({ root, shell }).compose()
  // What a bundler asks for: the host module, and the text of each entry. Other parts are made when they are read.
  return { composed, module: composed.module, entries: composed.entries.map(({ code }) => code) }
}

export const answer = ({ composed }) => composition(composed)

/** How much text there is, and what was asked of the disk for it. */
export function measures({ composed, module, entries }) {
  const { files, missing, dirs } = composed.watch
  return {
    text: entries.reduce((sum, code) => sum + code.length, module.length),
    host: module.length,
    files: files.length,
    missing: missing.length,
    dirs: dirs.length,
  }
}
