/** `compose()` once more on a composer that has composed before: the disk is asked what changed, and nothing did. */
import { Composer } from '@framework-m/composer'
import { composition } from '../answer.mjs'

let composer

export function before({ root, shell }) {
  if (composer) return
  composer = new Composer({ root, shell })
  composer.compose()
}

export function run() {
  const composed = composer.compose()
  return { composed, module: composed.module, entries: composed.entries.map(({ code }) => code) }
}

export const answer = ({ composed }) => composition(composed)
